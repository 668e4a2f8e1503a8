package gqlhttp

import "net/http"

// Refuse answers a request outside of GraphQL in the form of every other refusal: JSON with one error, its code and a message that says what to do.
func Refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	refuse(status, code, "%s", message).write(r.Context(), w, typeJSON)
}

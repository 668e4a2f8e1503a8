package gqlhttp

import (
	"context"
	"errors"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

type handler struct {
	config Config
	exec   graphql.GraphExecutor
	writer writer
	// running holds one entry for each operation that runs.
	running chan struct{}
}

// New returns the handler of a GraphQL endpoint: POST for queries and
// mutations, GET for queries. It panics where an extension does not fit the
// schema. What it answers, an operation's errors and HTTP-level refusals alike,
// is JSON of the form {"errors":[{"message","extensions":{"code"}}]}.
func New(schema graphql.ExecutableSchema, config Config) http.Handler {
	config = config.withDefaults()
	exec := executor.New(schema)
	cache := lru.New[*ast.QueryDocument](config.QueryCache)
	exec.SetQueryCache(cache)
	exec.SetParserTokenLimit(config.TokenLimit)
	exec.SetDisableSuggestion(!config.Introspection)
	exec.SetDefaultRulesFn(func() *rules.Rules { return validationRules(config.Introspection) })

	errs := presenter{config: config}
	exec.SetErrorPresenter(errs.present)
	exec.SetRecoverFunc(errs.recovered)

	// Mutators run in the order of Use: the budget is known to the caller's
	// extensions, and the gate sees the query they have made.
	exec.Use(newBudget(schema.Schema(), config))
	for _, e := range config.Extensions {
		exec.Use(e)
	}
	exec.Use(gate{config: config, cache: cache})
	if config.AroundFields != nil {
		exec.AroundFields(config.AroundFields)
	}

	h := &handler{config: config, exec: exec, writer: writer{errorLimit: config.ErrorLimit}, running: make(chan struct{}, config.Operations)}
	return Recover(config.Logger)(h)
}

// validationRules is the standard set, without the rules' suggestions where the
// schema is not to be told. The executor by itself silences two of the five.
func validationRules(introspection bool) *rules.Rules {
	set := rules.NewDefaultRules()
	if !introspection {
		set.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
		set.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
		set.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	}
	return set
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx := graphql.StartOperationTrace(withExchange(r.Context()))
	mediaType, params, refused := decode(w, r, h.config.BodyLimit)
	if refused != nil {
		refused.write(ctx, w, mediaType)
		return
	}

	ctx, cancel := context.WithTimeout(ctx, h.config.Deadline)
	defer cancel()
	op, errs := h.exec.CreateOperationContext(ctx, params)
	if errs == nil {
		if r.Method == http.MethodGet && op.Operation.Operation != ast.Query {
			refuse(http.StatusMethodNotAllowed, CodeMethodNotAllowed,
				"GET runs queries only; send this operation by POST").write(ctx, w, mediaType)
			return
		}
		if op.Operation.Operation == ast.Subscription {
			errs = gqlerror.List{Errorf(CodeBadRequest,
				"subscriptions cannot be answered by one response; use a streaming transport, or query instead")}
		}
	}
	if errs != nil {
		resp := h.exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
		h.writer.requestErrors(ctx, w, mediaType, resp)
		return
	}

	noteOperation(ctx, op.Operation.Name)
	select {
	case h.running <- struct{}{}:
		defer func() { <-h.running }()
	case <-ctx.Done():
		w.Header().Set("Retry-After", "1")
		refuse(http.StatusServiceUnavailable, CodeUnavailable, "the server is busy with other operations; ask again in a moment").write(ctx, w, mediaType)
		return
	}
	responses, opCtx := h.exec.DispatchOperation(ctx, op)
	resp := responses(opCtx)
	// An error after the deadline is most likely its consequence, under
	// whatever name it comes; an answer without errors is complete all the same.
	if resp == nil || (len(resp.Errors) > 0 && errors.Is(ctx.Err(), context.DeadlineExceeded)) {
		resp = &graphql.Response{Errors: gqlerror.List{timeout(h.config.Deadline)}}
	}
	resp.Errors = sorted(resp.Errors)
	h.writer.response(ctx, w, mediaType, resp)
}

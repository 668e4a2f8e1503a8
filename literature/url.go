package literature

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// normalURL is the form of an address under which two spellings of it are equal. Scheme and host are in lower case; the default
// port, the fragment, the parameters that only track readers and empty ones are dropped; dot segments are resolved; every slash at
// the end of the path is dropped, the one after the host too; percent-encoding is in upper case and only where it is needed, and
// everything beyond ASCII outside the host is encoded. http and https stay apart, and so do www.example.org and example.org.
// `www.example.org` without a scheme is read as https.
func normalURL(text string) (string, error) {
	link, err := parseLink(text)
	switch {
	case err != nil:
		return "", err
	case !isAddress(text):
		return "", errors.New("an address begins with https:// or http://")
	case link.User != nil:
		return "", errors.New("an address holds no user name or password: leave them out")
	}
	host := strings.TrimRight(strings.ToLower(link.Hostname()), ".")
	if host == "" || strings.ContainsFunc(host, notHost) {
		return "", fmt.Errorf("%q is not the name of a host", host)
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]" // IPv6
	}
	scheme := strings.ToLower(link.Scheme)
	if port := link.Port(); port != "" && port != map[string]string{"http": "80", "https": "443", "ftp": "21"}[scheme] {
		host += ":" + port
	}
	link = new(url.URL).ResolveReference(link) // resolves dot segments
	path := strings.TrimRight(link.EscapedPath(), "/")
	var parameters []string
	for _, parameter := range strings.Split(link.RawQuery, "&") {
		if parameter != "" && !isTracking(parameter) {
			parameters = append(parameters, parameter)
		}
	}
	if len(parameters) > 0 {
		path += "?" + strings.Join(parameters, "&")
	}
	return scheme + "://" + host + path, nil
}

// parseLink parses an address with or without its scheme. That it is one can be wrong for a text without a scheme: see isAddress.
func parseLink(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	scheme, _, ok := strings.Cut(text, "://")
	if !ok {
		host, _, hasPath := strings.Cut(text, "/")
		if !strings.Contains(host, ".") || !strings.ContainsFunc(host, unicode.IsLetter) || strings.ContainsAny(host, ": ") || !hasPath && !isAddress(text) {
			return nil, errors.New("an address begins with https:// or http://")
		}
		scheme, text = "https", "https://"+text
	}
	if s := strings.ToLower(scheme); s != "http" && s != "https" && s != "ftp" {
		return nil, fmt.Errorf("%q is not http, https or ftp", scheme)
	}
	if strings.ContainsFunc(text, unicode.IsControl) {
		return nil, errors.New("an address holds no control characters")
	}
	link, err := url.Parse(normalEscapes(text))
	if err != nil {
		return nil, fmt.Errorf("not an address: %w", errors.Unwrap(err))
	}
	return link, nil
}

// isAddress tells whether a text is meant to be an address, and not only a name with dots and slashes.
func isAddress(text string) bool {
	return strings.Contains(text, "://") || len(text) > 4 && strings.EqualFold(text[:4], "www.")
}

func notHost(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("-._:", r)
}

func isTracking(parameter string) bool {
	name, _, _ := strings.Cut(strings.ToLower(parameter), "=")
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "_ga":
		return true
	}
	return strings.HasPrefix(name, "utm_")
}

const (
	upperHex   = "0123456789ABCDEF"
	unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	reserved   = ":/?#[]@!$&'()*+,;="
)

// normalEscapes brings percent-encoding into the normal form of RFC 3986, section 6.2.2, and encodes what may not stand bare.
func normalEscapes(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c, escaped := text[i], false
		if c == '%' {
			if decoded, ok := escapedByte(text[i:]); ok {
				c, escaped, i = decoded, true, i+2
			}
		}
		if strings.IndexByte(unreserved, c) >= 0 || !escaped && strings.IndexByte(reserved, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', upperHex[c>>4], upperHex[c&15]})
		}
	}
	return b.String()
}

// undoPercent decodes percent-encoding until none is left, because some sources encode twice. A percent sign that encodes nothing stays.
func undoPercent(text string) string {
	for {
		var b strings.Builder
		for i := 0; i < len(text); i++ {
			c := text[i]
			if decoded, ok := escapedByte(text[i:]); ok {
				c, i = decoded, i+2
			}
			b.WriteByte(c)
		}
		if b.Len() == len(text) {
			return text
		}
		text = b.String()
	}
}

// escapedByte reads %XX at the start of a text.
func escapedByte(text string) (byte, bool) {
	if len(text) < 3 || text[0] != '%' {
		return 0, false
	}
	high := strings.IndexByte(upperHex, upper(text[1]))
	low := strings.IndexByte(upperHex, upper(text[2]))
	return byte(high<<4 | low), high >= 0 && low >= 0
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

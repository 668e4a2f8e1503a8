package literature

import (
	"errors"
	"fmt"
	"strings"
)

// digitsOf leaves out the hyphens and spaces that group the digits of an identifier in print.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', ' ', '\u00a0', '\u00ad', '\u2010', '\u2011', '\u2012', '\u2013', '\u2212':
			return -1
		}
		return r
	}, text)
}

// normalORCID checks the last character by ISO 7064 mod 11-2.
func normalORCID(text string) (string, error) {
	id := strings.ToUpper(digitsOf(trimEnd(text, "/")))
	if len(id) != 16 || !isDigits(id[:15]) {
		return "", errors.New("an ORCID has 16 digits, like 0000-0002-1825-0097")
	}
	sum := 0
	for _, c := range []byte(id[:15]) {
		sum = (sum + int(c-'0')) * 2 % 11
	}
	if want := "0123456789X"[(12-sum)%11]; id[15] != want {
		return "", fmt.Errorf("the check digit is %c, but %c fits the digits before it: look for a typing mistake", id[15], want)
	}
	return id[:4] + "-" + id[4:8] + "-" + id[8:12] + "-" + id[12:], nil
}

// normalROR checks the last two digits by ISO 7064 mod 97-10 over the number that the six characters before them stand for.
func normalROR(text string) (string, error) {
	const crockford = "0123456789abcdefghjkmnpqrstvwxyz" // base 32 without i, l, o and u
	id := strings.ToLower(trimEnd(text, "/"))
	if len(id) != 9 || id[0] != '0' || strings.Trim(id, crockford) != "" || !isDigits(id[7:]) {
		return "", errors.New("a ROR identifier has nine characters, a 0 first and two digits last, like 05dxps055")
	}
	number := 0
	for _, c := range []byte(id[1:7]) {
		number = number*32 + strings.IndexByte(crockford, c)
	}
	if want := fmt.Sprintf("%02d", 98-number*100%97); id[7:] != want {
		return "", fmt.Errorf("the check digits are %s, but %s fit the characters before them: look for a typing mistake", id[7:], want)
	}
	return id, nil
}

// normalISBN turns an old ISBN of ten characters into the one of thirteen.
func normalISBN(text string) (string, error) {
	isbn := strings.ToLower(text)
	isbn = trimPrefixes(strings.TrimPrefix(isbn, "isbn"), "-13:", "-10:", "-13 ", "-10 ", ":", " ")
	isbn, _, _ = strings.Cut(isbn, "(") // 0-321-35668-3 (paperback)
	isbn = strings.ToUpper(trimEnd(digitsOf(isbn), "/"))
	switch {
	case len(isbn) == 10 && isDigits(isbn[:9]):
		sum := 0
		for i, c := range []byte(isbn[:9]) {
			sum += (10 - i) * int(c-'0')
		}
		if want := "0123456789X"[(11-sum%11)%11]; isbn[9] != want {
			return "", fmt.Errorf("the check digit is %c, but %c fits the digits before it: look for a typing mistake", isbn[9], want)
		}
		isbn = "978" + isbn[:9]
		return isbn + string(checkDigit13(isbn)), nil
	case len(isbn) == 13 && isDigits(isbn) && (isbn[:3] == "978" || isbn[:3] == "979"):
		if want := checkDigit13(isbn[:12]); isbn[12] != want {
			return "", fmt.Errorf("the check digit is %c, but %c fits the digits before it: look for a typing mistake", isbn[12], want)
		}
		return isbn, nil
	}
	return "", errors.New("an ISBN has 13 digits and begins with 978 or 979, an old one has 10")
}

func checkDigit13(digits string) byte {
	sum := 0
	for i, c := range []byte(digits) {
		sum += int(c-'0') * (1 + i%2*2)
	}
	return "0123456789"[(10-sum%10)%10]
}

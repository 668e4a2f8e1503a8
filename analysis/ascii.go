package analysis

// scanASCII appends the tokens of an ASCII chunk without white space that begins at base: scanFolded's rules,
// with the few characters of UAX #29 that ASCII knows written out. A test holds the two against each other.
func (s *scanner) scanASCII(tokens []Token, chunk string, base int) []Token {
	prevEnd := -1
	for i := 0; i < len(chunk); {
		if !isAlphanumeric(chunk[i]) {
			i++
			continue
		}
		start := i
		s.folded = s.folded[:0]
		for ; i < len(chunk) && isAlphanumeric(chunk[i]); i++ {
			s.folded = append(s.folded, lower(chunk[i]))
		}
		if prevEnd >= 0 && string(s.folded) == "s" && chunk[prevEnd:start] == "'" {
			tokens[len(tokens)-1].End = base + i
		} else {
			joined := prevEnd >= 0 && joinsASCII(chunk[prevEnd-1], chunk[prevEnd:start], chunk[start])
			tokens = append(tokens, s.token(s.folded, base+start, base+i, joined))
		}
		prevEnd = i
	}
	return tokens
}

// joinsASCII tells whether the gap between two words, with the characters around it, holds them together.
func joinsASCII(before byte, gap string, after byte) bool {
	if gap[0] == '_' {
		for i := range len(gap) {
			if gap[i] != '_' {
				return false
			}
		}
		return true
	}
	if len(gap) > 1 {
		return false
	}
	digits := isDigit(before) && isDigit(after)
	letters := !isDigit(before) && !isDigit(after)
	switch gap[0] {
	case '-':
		return true
	case '\'', '.':
		return digits || letters
	case ':':
		return letters
	case ',', ';':
		return digits
	}
	return false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func isAlphanumeric(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || isDigit(b)
}

package literature

import "strings"

// Locale is a BCP-47 language tag such as `en` or `zh-Hant`. Upper and lower case mean the same.
type Locale string

// Locales that the fallback chain knows by name.
const (
	English            Locale = "en"
	TraditionalChinese Locale = "zh-Hant"
	SimplifiedChinese  Locale = "zh-Hans"
)

// IsChinese tells that the locale is Chinese, in whatever script.
func (l Locale) IsChinese() bool {
	base, _, _ := strings.Cut(string(l), "-")
	return strings.EqualFold(base, "zh")
}

// LocalizedText is a text in one language.
type LocalizedText struct {
	Value  string `json:"value"`
	Locale Locale `json:"locale"`
}

// Localize picks the text that serves a reader of the asked locale best. It tries, in order: the locale itself and its shortened
// forms (`zh-Hant-TW`, `zh-Hant`, `zh`); for a Chinese locale also Traditional for Simplified and the other way round, by script or
// by region (TW, HK and MO read Traditional); English; then the first text there is. No text at all gives "".
func Localize(texts []LocalizedText, asked Locale) string {
	text, _ := LocalizeWithLocale(texts, asked)
	return text.Value
}

// LocalizeWithLocale is Localize with the locale of the text found; ok is false where there is no text at all.
func LocalizeWithLocale(texts []LocalizedText, asked Locale) (text LocalizedText, ok bool) {
	// Nearly all texts need no chain, which would be made anew for each.
	if len(texts) == 1 {
		return texts[0], true
	}
	for _, t := range texts {
		if t.Locale == asked {
			return t, true
		}
	}
	for _, locale := range fallbacks(asked) {
		for _, t := range texts {
			if strings.EqualFold(string(t.Locale), string(locale)) {
				return t, true
			}
		}
	}
	if len(texts) == 0 {
		return LocalizedText{}, false
	}
	return texts[0], true
}

func fallbacks(asked Locale) []Locale {
	var chain []Locale
	for tag := string(asked); tag != ""; {
		chain = append(chain, Locale(tag))
		cut := strings.LastIndexByte(tag, '-')
		if cut < 0 {
			break
		}
		tag = tag[:cut]
	}
	if asked.IsChinese() {
		if readsTraditional(strings.ToLower(string(asked))) {
			chain = append(chain, TraditionalChinese, SimplifiedChinese, "zh")
		} else {
			chain = append(chain, SimplifiedChinese, TraditionalChinese, "zh")
		}
	}
	return append(chain, English)
}

func readsTraditional(tag string) bool {
	for _, part := range strings.Split(tag, "-") {
		switch part {
		case "hant", "tw", "hk", "mo":
			return true
		case "hans":
			return false
		}
	}
	return false
}

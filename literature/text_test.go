package literature_test

import (
	"testing"

	"github.com/papergraph/papergraph/literature"
)

func TestLocalize(t *testing.T) {
	tests := []struct {
		name  string
		asked literature.Locale
		have  []literature.Locale // in the order stored
		want  literature.Locale
	}{
		{"asked", "de", []literature.Locale{"en", "de"}, "de"},
		{"case means nothing", "ZH-hANT", []literature.Locale{"en", "zh-Hant"}, "zh-Hant"},
		{"base language", "de-AT", []literature.Locale{"en", "de"}, "de"},
		{"shortened step by step", "zh-Hant-TW", []literature.Locale{"zh", "zh-Hant"}, "zh-Hant"},
		{"a narrower one is not asked", "de", []literature.Locale{"de-AT", "en"}, "en"},
		{"the region before the language", "pt-BR", []literature.Locale{"pt", "pt-BR"}, "pt-BR"},
		{"Simplified for Traditional", "zh-Hant", []literature.Locale{"en", "zh-Hans"}, "zh-Hans"},
		{"Traditional for Simplified", "zh-Hans", []literature.Locale{"en", "zh-Hant"}, "zh-Hant"},
		{"base language before the other script", "zh-Hant", []literature.Locale{"zh-Hans", "zh"}, "zh"},
		{"Taiwan reads Traditional", "zh-TW", []literature.Locale{"zh-Hans", "zh-Hant"}, "zh-Hant"},
		{"Hong Kong reads Traditional", "zh-HK", []literature.Locale{"zh-Hans", "zh-Hant"}, "zh-Hant"},
		{"Macao reads Traditional", "zh-MO", []literature.Locale{"zh-Hans", "zh-Hant"}, "zh-Hant"},
		{"the script counts more than the region", "zh-Hans-HK", []literature.Locale{"zh-Hant", "zh-Hans"}, "zh-Hans"},
		{"China reads Simplified", "zh-CN", []literature.Locale{"zh-Hant", "zh-Hans"}, "zh-Hans"},
		{"plain Chinese reads Simplified", "zh", []literature.Locale{"zh-Hant", "zh-Hans"}, "zh-Hans"},
		{"plain Chinese serves both", "zh-TW", []literature.Locale{"en", "zh"}, "zh"},
		{"no other language starts with zh", "zhx", []literature.Locale{"zh-Hant", "en"}, "en"},
		{"English", "fr", []literature.Locale{"de", "en"}, "en"},
		{"no English for Chinese", "zh-Hant", []literature.Locale{"de", "en"}, "en"},
		{"any", "fr", []literature.Locale{"de", "it"}, "de"},
		{"nothing asked", "", []literature.Locale{"de", "en"}, "en"},
		{"nothing there", "en", nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var texts []literature.LocalizedText
			for _, locale := range test.have {
				texts = append(texts, literature.LocalizedText{Value: "text in " + string(locale), Locale: locale})
			}
			got, ok := literature.LocalizeWithLocale(texts, test.asked)
			if got.Locale != test.want || ok != (len(texts) > 0) {
				t.Errorf("%q out of %q gives %q, %t, want %q", test.asked, test.have, got.Locale, ok, test.want)
			}
			if value := literature.Localize(texts, test.asked); value != got.Value {
				t.Errorf("Localize gives %q, LocalizeWithLocale %q", value, got.Value)
			}
		})
	}
}

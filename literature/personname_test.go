package literature_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/literature"
)

func TestSplitName(t *testing.T) {
	tests := []struct {
		name     string
		want     literature.PersonName
		initials string
	}{
		{"Yuhong Zhong", literature.PersonName{Given: "Yuhong", Family: "Zhong"}, "Y."},
		{"K. K. Ramakrishnan", literature.PersonName{Given: "K. K.", Family: "Ramakrishnan"}, "K. K."},
		{"Jean-Pierre Talpin", literature.PersonName{Given: "Jean-Pierre", Family: "Talpin"}, "J.-P."},
		{"Jacob Van Geffen", literature.PersonName{Given: "Jacob", Family: "Van Geffen"}, "J."},
		{"Ran Ben Basat", literature.PersonName{Given: "Ran", Family: "Ben Basat"}, "R."},
		{"Van Jacobson", literature.PersonName{Given: "Van", Family: "Jacobson"}, "V."},
		{"Ludwig van Beethoven", literature.PersonName{Given: "Ludwig", Particle: "van", Family: "Beethoven"}, "L."},
		{"Charles Louis Xavier Joseph de la Vallée Poussin", literature.PersonName{Given: "Charles Louis Xavier Joseph", Particle: "de la", Family: "Vallée Poussin"}, "C. L. X. J."},
		{"Jean le Rond d'Alembert", literature.PersonName{Given: "Jean", Particle: "le", Family: "Rond d'Alembert"}, "J."},
		{"de Souza", literature.PersonName{Particle: "de", Family: "Souza"}, ""},
		{"danah boyd", literature.PersonName{Given: "danah", Family: "boyd"}, "d."},
		{"Guy L. Steele Jr.", literature.PersonName{Given: "Guy L.", Family: "Steele", Suffix: "Jr."}, "G. L."},
		{"Guy L. Steele, Jr.", literature.PersonName{Given: "Guy L.", Family: "Steele", Suffix: "Jr."}, "G. L."},
		{"Steele, Jr., Guy L.", literature.PersonName{Given: "Guy L.", Family: "Steele", Suffix: "Jr."}, "G. L."},
		{"van der Berg, Jan", literature.PersonName{Given: "Jan", Particle: "van der", Family: "Berg"}, "J."},
		{"Wei Wang 0001", literature.PersonName{Given: "Wei", Family: "Wang"}, "W."},
		{"Plato", literature.PersonName{Family: "Plato"}, ""},
		{"王伟", literature.PersonName{Family: "王伟"}, ""},
		{"Émile Zola", literature.PersonName{Given: "Émile", Family: "Zola"}, "É."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := literature.SplitName(test.name)
			if got != test.want {
				t.Errorf("%+v, want %+v", got, test.want)
			}
			if got.Initials() != test.initials {
				t.Errorf("initials %q, want %q", got.Initials(), test.initials)
			}
		})
	}
}

// TestSplitNameLosesNothing: the parts put together are the name, wherever it holds no comma.
func TestSplitNameLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zA-ZÀ-ſ.'-]{1,8}`), 1, 6).Draw(t, "words")
		name := strings.Join(words, " ")
		if got := literature.SplitName(name).String(); got != name {
			t.Errorf("%q became %q: %+v", name, got, literature.SplitName(name))
		}
	})
}

package storetest

import (
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Fixture is the graph of the conformance suite, small enough to work out every answer by hand:
//
//	CITES        ╭─╮(itself)                      paper    year  citedBy   title
//	             ▼ │                              alpha    2020  3         Fast storage with XDP / 以 XDP 加速儲存
//	  gamma ──► alpha ──► lost (stub)             beta     2021  2         Key-value stores in the kernel
//	    │         ▲         ▲                     gamma    2021  0         键值存储的研究
//	    ╰──► beta ┴─────────╯                     delta    –     0         𠀋𠀌𠀍 graphs (beyond the basic plane)
//	           ▲                                  twin-1   2022  0         The Twin Study
//	  delta ───╯                                  twin-2   2022  0         The Twin Study
//	                                              lost     2019  2         Lost paper on storage (a stub)
//	EXTENDS      beta ► alpha, delta ► alpha, delta ► system/kiwi
//	VERSION_OF   gamma ► lost
//
//	topics       storage ◄── kv ◄── lsm     (BROADER)          networking
//	ABOUT        alpha 1000, beta 700,      gamma 1000  (kv)   alpha 500, delta 1000, system/xdp 1000
//	             twin-1 1000, lost 1000     beta 1000   (kv)
//	                                        twin-2 300  (lsm)
//
//	venues       osdi ◄── osdi-20, osdi-21 (BROADER); alpha in osdi-20, beta and gamma in osdi-21
//	authors      alpha: 1 ann (acme), 2 bob (acme, uni); beta: 1 bob (uni), 2 ann; gamma: 1 wang (uni)
//	AFFILIATED   ann ► acme, wang ► uni
//	systems      alpha INTRODUCES xdp, beta USES xdp, gamma COMPARES_WITH kiwi
//	others       alpha, beta EVALUATED_ON ycsb; alpha HAS_ARTIFACT code; alpha, beta, lost IN_COLLECTION reading
//	results      a-1 (alpha, xdp, ycsb, 2.5 times), a-2 (alpha, xdp, a motivation), b-1 (beta, ycsb, 1.2 times)
//	redirect     paper/ancient answers as alpha
//
// Six papers are counted and ABOUT something; storage is the topic of three of them, kv and networking of two, lsm of one.
func Fixture() store.Batch {
	day := func(n int) time.Time { return time.Date(2024, 1, n, 8, 0, 0, 0, time.UTC) }

	alpha := paper("alpha", "Fast storage with XDP", "2020-11-04")
	alpha.Labels = append(alpha.Labels, literature.LocalizedText{Value: "以 XDP 加速儲存", Locale: literature.TraditionalChinese})
	alpha.Aliases = []string{"FSX"}
	alpha.Identifiers = []literature.Identifier{{Scheme: literature.DOI, Value: "10.1000/alpha"}, {Scheme: literature.ArXiv, Value: "2001.00001"}}
	alpha.Abstracts = english("We run a user's key-value stores 3.14 times faster.")
	alpha.AddedAt = day(1)

	beta := paper("beta", "Key-value stores in the kernel", "2021")
	beta.Aliases = []string{"KVK"}
	beta.Summaries = english("A store inside the kernel.")
	beta.AddedAt = day(2)

	gamma := paper("gamma", "", "2021-03")
	gamma.Labels = []literature.LocalizedText{{Value: "键值存储的研究", Locale: literature.SimplifiedChinese}}

	lost := paper("lost", "Lost paper on storage", "2019")
	lost.IsStub = true
	lost.Identifiers = []literature.Identifier{{Scheme: literature.DOI, Value: "10.1000/lost"}}

	storage := topic("storage", "Storage")
	storage.Labels = append(storage.Labels, literature.LocalizedText{Value: "儲存", Locale: literature.TraditionalChinese})
	kv := topic("kv", "Key-value stores")
	kv.Labels = append(kv.Labels, literature.LocalizedText{Value: "键值存储", Locale: literature.SimplifiedChinese})

	records := []literature.Record{
		alpha, beta, gamma, paper("delta", "𠀋𠀌𠀍 graphs", ""),
		paper("twin-1", "The Twin Study", "2022"), paper("twin-2", "The Twin Study", "2022"), lost,
		storage, kv, topic("lsm", "LSM trees"), topic("networking", "Networking"),
		venue("osdi", "OSDI", 0), venue("osdi-20", "OSDI '20", 2020), venue("osdi-21", "OSDI '21", 2021),
		named(literature.KindAuthor, "ann", "Ann Able"), named(literature.KindAuthor, "bob", "Bob Baker"), named(literature.KindAuthor, "wang", "王小明"),
		named(literature.KindOrganization, "acme", "Acme"), named(literature.KindOrganization, "uni", "University"),
		named(literature.KindSystem, "xdp", "XDP"), named(literature.KindSystem, "kiwi", "Kiwi"),
		named(literature.KindWorkload, "ycsb", "YCSB"), named(literature.KindArtifact, "code", "Code of alpha"),
		named(literature.KindCollection, "reading", "Reading list"),

		relation(literature.Cites, "paper/alpha", "paper/alpha"), relation(literature.Cites, "paper/alpha", "paper/lost"),
		relation(literature.Cites, "paper/beta", "paper/alpha"), relation(literature.Cites, "paper/beta", "paper/lost"),
		relation(literature.Cites, "paper/gamma", "paper/alpha"), relation(literature.Cites, "paper/gamma", "paper/beta"),
		relation(literature.Cites, "paper/delta", "paper/beta"),
		relation(literature.Extends, "paper/beta", "paper/alpha"), relation(literature.Extends, "paper/delta", "paper/alpha"),
		relation(literature.Extends, "paper/delta", "system/kiwi"), relation(literature.VersionOf, "paper/gamma", "paper/lost"),

		relation(literature.Broader, "topic/kv", "topic/storage"), relation(literature.Broader, "topic/lsm", "topic/kv"),
		about("paper/alpha", "topic/storage", 1000), about("paper/alpha", "topic/networking", 500),
		about("paper/beta", "topic/kv", 1000), about("paper/beta", "topic/storage", 700), about("paper/gamma", "topic/kv", 1000),
		about("paper/delta", "topic/networking", 1000), about("paper/twin-1", "topic/storage", 1000), about("paper/twin-2", "topic/lsm", 300),
		about("paper/lost", "topic/storage", 1000), about("system/xdp", "topic/networking", 1000),

		relation(literature.Broader, "venue/osdi-20", "venue/osdi"), relation(literature.Broader, "venue/osdi-21", "venue/osdi"),
		relation(literature.PublishedIn, "paper/alpha", "venue/osdi-20"), relation(literature.PublishedIn, "paper/beta", "venue/osdi-21"),
		relation(literature.PublishedIn, "paper/gamma", "venue/osdi-21"),
		authored("paper/alpha", "author/ann", 1, "organization/acme"), authored("paper/alpha", "author/bob", 2, "organization/acme", "organization/uni"),
		authored("paper/beta", "author/bob", 1, "organization/uni"), authored("paper/beta", "author/ann", 2),
		authored("paper/gamma", "author/wang", 1, "organization/uni"),
		relation(literature.AffiliatedTo, "author/ann", "organization/acme"), relation(literature.AffiliatedTo, "author/wang", "organization/uni"),

		relation(literature.Introduces, "paper/alpha", "system/xdp"), relation(literature.Uses, "paper/beta", "system/xdp"),
		relation(literature.ComparesWith, "paper/gamma", "system/kiwi"),
		relation(literature.EvaluatedOn, "paper/alpha", "workload/ycsb"), relation(literature.EvaluatedOn, "paper/beta", "workload/ycsb"),
		relation(literature.HasArtifact, "paper/alpha", "artifact/code"),
		relation(literature.InCollection, "paper/alpha", "collection/reading"), relation(literature.InCollection, "paper/beta", "collection/reading"),
		relation(literature.InCollection, "paper/lost", "collection/reading"),

		result("a-1", "paper/alpha", "system/xdp", "workload/ycsb", 1, 2.5), motivation("a-2", "paper/alpha", "system/xdp", 2),
		result("b-1", "paper/beta", "", "workload/ycsb", 1, 1.2),
	}
	return store.Batch{
		Author: "storetest", Reason: "the fixture", At: time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC),
		Upsert:   records,
		Redirect: map[literature.ID]literature.ID{"paper/ancient": "paper/alpha"},
	}
}

package explore

import (
	"context"
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Path is a way between two entities.
type Path struct{ store.Path }

// Length is the number of relations.
func (p Path) Length() int { return len(p.Relations) }

// Paths finds the most telling paths, in the order of store.Reader.Paths, in one call.
func Paths(ctx context.Context, reader store.Reader, q store.PathQuery) ([]Path, store.PathAnswer, error) {
	answer, err := reader.Paths(ctx, q)
	if err != nil {
		return nil, answer, err
	}
	paths := make([]Path, len(answer.Paths))
	for i, path := range answer.Paths {
		paths[i] = Path{path}
	}
	return paths, answer, nil
}

// Sentence tells a path in English or, where a Chinese locale is asked for, Traditional Chinese: “XRP cites BMC, which is about storage.”
func (p Path) Sentence(locale *literature.Locale) string {
	return p.told(locale) + languageOf(locale).stop
}

// told is the sentence without its end.
func (p Path) told(locale *literature.Locale) string {
	text, joint := shortName(p.Entities[0], locale), " "
	for i, relation := range p.Relations {
		verb := verbs[relation.Kind][way(relation, p.Entities[i])]
		format := verb.en
		if locale != nil && locale.IsChinese() {
			format = verb.hant
		}
		text += joint + fmt.Sprintf(format, shortName(p.Entities[i+1], locale))
		if joint = languageOf(locale).which; p.Entities[i+1].Kind() == literature.KindAuthor {
			joint = languageOf(locale).who
		}
	}
	return text
}

// way is 0 where the relation leads on from the entity, and 1 where it leads to it.
func way(r *literature.Relation, from literature.Entity) int {
	if r.Source == from.RecordID() {
		return 0
	}
	return 1
}

// verbs say how a source is joined to a target, and the other way round.
var verbs = map[literature.RelationKind][2]struct{ en, hant string }{
	literature.Cites:        {{"cites %s", "引用 %s"}, {"is cited by %s", "被 %s 引用"}},
	literature.AuthoredBy:   {{"was written by %s", "的作者有 %s"}, {"wrote %s", "撰寫了 %s"}},
	literature.AffiliatedTo: {{"works for %s", "任職於 %s"}, {"employs %s", "的成員有 %s"}},
	literature.PublishedIn:  {{"appeared in %s", "發表於 %s"}, {"published %s", "刊有 %s"}},
	literature.About:        {{"is about %s", "的主題有 %s"}, {"is a topic of %s", "也是 %s 的主題"}},
	literature.Broader:      {{"belongs to %s", "屬於 %s"}, {"comprises %s", "包含 %s"}},
	literature.Introduces:   {{"introduces %s", "提出 %s"}, {"was introduced by %s", "由 %s 提出"}},
	literature.Uses:         {{"uses %s", "使用 %s"}, {"is used by %s", "被 %s 使用"}},
	literature.Extends:      {{"extends %s", "擴展 %s"}, {"is extended by %s", "被 %s 擴展"}},
	literature.ComparesWith: {{"compares with %s", "與 %s 比較"}, {"is compared with by %s", "被 %s 拿來比較"}},
	literature.EvaluatedOn:  {{"was evaluated on %s", "以 %s 評測"}, {"served to evaluate %s", "用於評測 %s"}},
	literature.HasArtifact:  {{"has published %s", "公開了 %s"}, {"was published with %s", "隨 %s 公開"}},
	literature.VersionOf:    {{"is a version of %s", "是 %s 的一個版本"}, {"has the version %s", "另有版本 %s"}},
	literature.InCollection: {{"is in %s", "收錄於 %s"}, {"holds %s", "收錄 %s"}},
}

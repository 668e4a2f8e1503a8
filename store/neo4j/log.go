package neo4j

const (
	writeImages = `UNWIND $given.list AS row CREATE (i:Image) SET i = row`
	writeChange = `MATCH (meta:Papergraph {id: 'meta'}) SET meta.version = $given.version, meta.tagged = $given.tagged, meta.tokens = $given.tokens
CREATE (c:Change) SET c = $given.change`
	endRedirects  = `UNWIND $given.list AS id MATCH (old:Redirect {id: id}) DELETE old`
	makeRedirects = `UNWIND $given.list AS row MERGE (old:Redirect {id: row[0]}) SET old.to = row[1]`
)

// writeLog writes the entry of the change log with the images, the redirects, and the version.
func (w *writer) writeLog() error {
	var images, ended, made []any
	for _, id := range sortedKeys(w.after) {
		if old, existed := w.before[id]; existed {
			images = append(images, imageProperties(old, w.after[id], w.version)...)
		} else if _, redirected := w.redirects[id]; redirected {
			ended = append(ended, string(id))
		}
	}
	for _, id := range sortedKeys(w.change.Redirected) {
		made = append(made, []any{string(id), string(w.change.Redirected[id])})
	}
	if err := w.each(writeImages, images); err != nil {
		return err
	}
	if err := w.each(endRedirects, ended); err != nil {
		return err
	}
	if err := w.each(makeRedirects, made); err != nil {
		return err
	}
	_, err := w.ask(writeChange, map[string]any{
		"version": int64(w.version), "tagged": w.tagged, "tokens": w.tokens, "change": changeProperties(w.change),
	})
	return err
}

package gqlhttp

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// checkInputs judges what gqlparser lets pass in the values of one operation:
// @oneOf objects and misspelt enum values that come in variables, numbers no
// Go type holds, and objects nested too deep. It walks each variable and each literal once.
func checkInputs(
	schema *ast.Schema, op *ast.OperationDefinition, vars map[string]any, depth int,
) *gqlerror.Error {
	c := inputs{schema: schema, vars: vars, limit: depth, spread: map[*ast.FragmentDefinition]bool{}}
	for _, def := range op.VariableDefinitions {
		c.path = ast.Path{ast.PathName("variable"), ast.PathName(def.Variable)}
		if err := c.value(def.Type, vars[def.Variable], 0); err != nil {
			return at(def.Position, err)
		}
	}
	c.path = nil
	if err := c.directives(op.Directives); err != nil {
		return err
	}
	return c.selections(op.SelectionSet)
}

type inputs struct {
	schema *ast.Schema
	vars   map[string]any
	limit  int
	path   ast.Path // to the variable's part, or to the field of the literal
	spread map[*ast.FragmentDefinition]bool
}

// value walks a coerced value by its declared type. A single value may stand
// for a list of one.
func (c *inputs) value(typ *ast.Type, value any, depth int) *gqlerror.Error {
	if value == nil {
		return nil
	}
	if depth > c.limit {
		return c.tooDeep()
	}
	if typ.Elem != nil {
		list := reflect.ValueOf(value)
		if list.Kind() != reflect.Slice {
			return c.value(typ.Elem, value, depth)
		}
		switch def := c.schema.Types[typ.Name()]; {
		case typ.Name() == "Int" || typ.Name() == "Float":
		case def == nil || def.Kind != ast.InputObject && def.Kind != ast.Enum:
			return nil
		}
		for i := range list.Len() {
			if err := c.below(ast.PathIndex(i), typ.Elem, list.Index(i).Interface(), depth); err != nil {
				return err
			}
		}
		return nil
	}
	def := c.schema.Types[typ.NamedType]
	if _, ok := value.(string); ok && (typ.NamedType == "Int" || typ.NamedType == "Float") {
		// gqlparser takes texts for numbers.
		return c.fail(Errorf(CodeBadUserInput, "a text stands where a number is wanted; write it without quotes"))
	}
	if def != nil && def.Kind == ast.Enum {
		return c.enum(def, value)
	}
	object, ok := value.(map[string]any)
	if def == nil || def.Kind != ast.InputObject || !ok {
		return nil
	}
	given, nulls := 0, 0
	for _, field := range def.Fields { // not the map, whose order is random
		fieldValue, ok := object[field.Name]
		if !ok {
			continue
		}
		given++
		if fieldValue == nil {
			nulls++
		}
		if err := c.below(ast.PathName(field.Name), field.Type, fieldValue, depth+1); err != nil {
			return err
		}
	}
	if isOneOf(def) && (given != 1 || nulls > 0) {
		return c.notOne(def)
	}
	return nil
}

// enum refuses values in another case, which gqlparser takes for the right ones.
func (c *inputs) enum(def *ast.Definition, value any) *gqlerror.Error {
	if name, ok := value.(string); ok && def.EnumValues.ForName(name) != nil {
		return nil
	}
	names := make([]string, len(def.EnumValues))
	for i, v := range def.EnumValues {
		names[i] = v.Name
	}
	return c.fail(Errorf(CodeBadUserInput, "%.100q is no %s; write one of %s", fmt.Sprint(value), def.Name, strings.Join(names, ", ")))
}

func (c *inputs) below(element ast.PathElement, typ *ast.Type, value any, depth int) *gqlerror.Error {
	c.path = append(c.path, element)
	err := c.value(typ, value, depth)
	c.path = c.path[:len(c.path)-1]
	return err
}

func (c *inputs) selections(set ast.SelectionSet) *gqlerror.Error {
	for _, selection := range set {
		var err *gqlerror.Error
		switch s := selection.(type) {
		case *ast.Field:
			err = c.field(s)
		case *ast.InlineFragment:
			if err = c.directives(s.Directives); err == nil {
				err = c.selections(s.SelectionSet)
			}
		case *ast.FragmentSpread:
			err = c.directives(s.Directives)
			if err == nil && s.Definition != nil && !c.spread[s.Definition] {
				c.spread[s.Definition] = true
				err = c.selections(s.Definition.SelectionSet)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *inputs) field(f *ast.Field) *gqlerror.Error {
	c.path = append(c.path, ast.PathName(f.Alias))
	defer func() { c.path = c.path[:len(c.path)-1] }()
	if err := c.arguments(f.Arguments, f.Definition.Arguments); err != nil {
		return err
	}
	if err := c.directives(f.Directives); err != nil {
		return err
	}
	return c.selections(f.SelectionSet)
}

func (c *inputs) directives(list ast.DirectiveList) *gqlerror.Error {
	for _, d := range list {
		if err := c.arguments(d.Arguments, d.Definition.Arguments); err != nil {
			return err
		}
	}
	return nil
}

func (c *inputs) arguments(list ast.ArgumentList, defs ast.ArgumentDefinitionList) *gqlerror.Error {
	for _, arg := range list {
		if def := defs.ForName(arg.Name); def != nil && c.isNull(arg.Value, def.Type) {
			return at(arg.Position, c.fail(notNull("argument", arg.Name)))
		}
		if err := c.literal(arg.Value, 0); err != nil {
			return at(arg.Position, err)
		}
	}
	return nil
}

// literal walks a value written in the query; a variable in it has been judged
// by its own type, only its being null matters here.
func (c *inputs) literal(v *ast.Value, depth int) *gqlerror.Error {
	if depth > c.limit {
		return c.tooDeep()
	}
	switch v.Kind {
	case ast.IntValue, ast.FloatValue:
		if _, err := v.Value(nil); err != nil {
			// Validation lets custom scalars pass, and gqlgen panics on these.
			return c.fail(Errorf(CodeBadUserInput, "a number is out of range; give a smaller one"))
		}
	case ast.ObjectValue:
		depth++
		if v.Definition != nil && isOneOf(v.Definition) && !c.isOne(v) {
			return c.notOne(v.Definition)
		}
	}
	for _, child := range v.Children {
		if v.Kind == ast.ObjectValue && v.Definition != nil {
			if def := v.Definition.Fields.ForName(child.Name); def != nil && c.isNull(child.Value, def.Type) {
				return at(child.Position, c.fail(notNull("field", child.Name)))
			}
		}
		if err := c.literal(child.Value, depth); err != nil {
			return err
		}
	}
	return nil
}

// isNull tells that a variable holds null where null is not allowed: a default of the place lets such a variable through
// validation, and gqlgen would take the zero value.
func (c *inputs) isNull(v *ast.Value, typ *ast.Type) bool {
	if v.Kind != ast.Variable || !typ.NonNull {
		return false
	}
	value, given := c.vars[v.Raw]
	return given && value == nil
}

func notNull(what, name string) *gqlerror.Error {
	return Errorf(CodeBadUserInput, "%s %s must not be null; give its variable a value or leave the variable out", what, name)
}

// isOne follows the specification: one entry, and a variable there has a value.
func (c *inputs) isOne(v *ast.Value) bool {
	if len(v.Children) != 1 {
		return false
	}
	only := v.Children[0].Value
	if only.Kind == ast.Variable {
		return c.vars[only.Raw] != nil
	}
	return only.Kind != ast.NullValue
}

func (c *inputs) notOne(def *ast.Definition) *gqlerror.Error {
	names := make([]string, len(def.Fields))
	for i, f := range def.Fields {
		names[i] = f.Name
	}
	return c.fail(Errorf(CodeBadUserInput, "%s takes exactly one value that is not null; give one of %s",
		def.Name, strings.Join(names, ", ")))
}

func (c *inputs) tooDeep() *gqlerror.Error {
	return c.fail(tooComplex(c.limit+1, c.limit,
		"an input value nests deeper than %d objects; simplify it", c.limit))
}

// fail copies the path, which goes on changing.
func (c *inputs) fail(err *gqlerror.Error) *gqlerror.Error {
	err.Path = slices.Clone(c.path)
	return err
}

func isOneOf(def *ast.Definition) bool {
	return def.Directives.ForName("oneOf") != nil
}

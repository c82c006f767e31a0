package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// Types with their own JSON form.
var leaves = map[string]string{
	"k8s.io/apimachinery/pkg/api/resource.Quantity":                                 "quantity",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Time":                                     "time",
	"k8s.io/apimachinery/pkg/apis/meta/v1.MicroTime":                                "time",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Duration":                                 "duration",
	"k8s.io/apimachinery/pkg/util/intstr.IntOrString":                               "intOrString",
	"k8s.io/apimachinery/pkg/apis/meta/v1.FieldsV1":                                 "any",
	"k8s.io/apimachinery/pkg/runtime.RawExtension":                                  "any",
	"k8s.io/apimachinery/pkg/runtime.Object":                                        "any",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaProps":      "any",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.JSONSchemaProps": "any",
}

// Groups whose objects the API server does not store, or that only the API server writes.
var notObjects = map[string]bool{"admission": true, "imagepolicy": true, "apidiscovery": true, "apiserverinternal": true}

// Types whose values the API server checks although they do not have the marker of an enumeration.
var closed = map[string]bool{
	"admissionregistration/v1.ParameterNotFoundActionType": true,
	"apiextensions/v1.ConversionStrategyType":              true,
	"apiextensions/v1.ResourceScope":                       true,
	"apps/v1.PersistentVolumeClaimRetentionPolicyType":     true,
	"autoscaling/v2.HPAScalingPolicyType":                  true,
	"autoscaling/v2.MetricSourceType":                      true,
	"autoscaling/v2.MetricTargetType":                      true,
	"autoscaling/v2.ScalingPolicySelect":                   true,
	"core/v1.ContainerRestartPolicy":                       true,
	"core/v1.ContainerRestartRuleAction":                   true,
	"core/v1.ContainerRestartRuleOnExitCodesOperator":      true,
	"core/v1.OSName":                                       true,
	"core/v1.PodSELinuxChangePolicy":                       true,
	"core/v1.RecursiveReadOnlyMode":                        true,
	"core/v1.ResourceResizeRestartPolicy":                  true,
	"flowcontrol/v1.FlowDistinguisherMethodType":           true,
	"flowcontrol/v1.LimitResponseType":                     true,
	"flowcontrol/v1.PriorityLevelEnablement":               true,
	"flowcontrol/v1.SubjectKind":                           true,
	"meta/v1.LabelSelectorOperator":                        true,
	"storage/v1.FSGroupPolicy":                             true,
	"storage/v1.VolumeLifecycleMode":                       true,
}

// Text fields for which the API server accepts only a few values.
var fieldValues = map[string][]string{
	"discovery/v1.EndpointSlice.addressType": {"FQDN", "IPv4", "IPv6"},
	"rbac/v1.RoleRef.kind":                   {"ClusterRole", "Role"},
	"rbac/v1.Subject.kind":                   {"Group", "ServiceAccount", "User"},
}

// Alpha versions whose types are still in the source, although no API server serves them.
var notServed = map[string]bool{"rbac/v1alpha1": true, "node/v1alpha1": true, "scheduling/v1alpha1.PriorityClass": true}

var enumMarker = regexp.MustCompile(`(?m)^//\s*\+enum$`)

type lifecycle struct {
	notServed   bool
	removed     int
	replacement string
}

type field struct {
	name, typeName string
	zeroOmitted    bool
	required       bool
	plainStruct    bool
	list           string
}

type pkg struct {
	path, group string
	types       map[string]*ast.TypeSpec
	docs        map[string]string
	files       map[string]*ast.File
	constants   map[string][]string
	lifecycles  map[string]*lifecycle
}

// A source is the API of one release.
type source struct {
	dirs    map[string]string
	pkgs    map[string]*pkg
	structs map[string][]field
	enums   map[string][]string
	objects []*pkg
}

func load(version string) *source {
	s := &source{map[string]string{}, map[string]*pkg{}, map[string][]field{}, map[string][]string{}, nil}
	for _, module := range []string{"api", "apimachinery", "apiextensions-apiserver", "kube-aggregator"} {
		out, err := exec.Command("go", "mod", "download", "-json", "k8s.io/"+module+"@"+version).Output()
		if err != nil {
			panic(err)
		}
		var downloaded struct{ Dir string }
		if err := json.Unmarshal(out, &downloaded); err != nil {
			panic(err)
		}
		s.dirs["k8s.io/"+module] = downloaded.Dir
	}
	roots := []string{"k8s.io/api/*/v*", "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v*",
		"k8s.io/kube-aggregator/pkg/apis/apiregistration/v*"}
	for _, root := range roots {
		module := strings.Join(strings.Split(root, "/")[:2], "/")
		found, _ := filepath.Glob(filepath.Join(s.dirs[module], strings.TrimPrefix(root, module)))
		for _, dir := range found {
			if !notObjects[filepath.Base(filepath.Dir(dir))] {
				s.objects = append(s.objects, s.pkg(module+strings.TrimPrefix(dir, s.dirs[module])))
			}
		}
	}
	return s
}

func (s *source) pkg(path string) *pkg {
	if p := s.pkgs[path]; p != nil {
		return p
	}
	p := &pkg{path, "", map[string]*ast.TypeSpec{}, map[string]string{}, map[string]*ast.File{}, map[string][]string{}, map[string]*lifecycle{}}
	s.pkgs[path] = p
	parts := strings.Split(path, "/")
	dir := filepath.Join(s.dirs[strings.Join(parts[:2], "/")], strings.Join(parts[2:], "/"))
	names, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".pb.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		if err != nil {
			panic(err)
		}
		p.read(file)
	}
	return p
}

func (p *pkg) read(file *ast.File) {
	end := file.Name.End()
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			var before strings.Builder
			for _, comment := range file.Comments {
				if comment.Pos() >= end && comment.End() <= d.TokPos {
					for _, line := range comment.List {
						before.WriteString(line.Text + "\n")
					}
				}
			}
			for _, spec := range d.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok {
					p.types[t.Name.Name] = t
					p.files[t.Name.Name] = file
					p.docs[t.Name.Name] = before.String() + t.Doc.Text()
				}
				if v, ok := spec.(*ast.ValueSpec); ok {
					p.constant(v)
				}
			}
		case *ast.FuncDecl:
			p.lifecycle(d)
		}
		end = decl.End()
	}
}

func (p *pkg) constant(v *ast.ValueSpec) {
	for i, name := range v.Names {
		if i >= len(v.Values) {
			continue
		}
		value, typeName := v.Values[i], v.Type
		// Name = Type("value")
		if call, ok := value.(*ast.CallExpr); ok && len(call.Args) == 1 {
			value, typeName = call.Args[0], call.Fun
		}
		literal, ok := value.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			continue
		}
		text, _ := strconv.Unquote(literal.Value)
		if name.Name == "GroupName" {
			p.group = text
		} else if t, ok := typeName.(*ast.Ident); ok && text != "" {
			p.constants[t.Name] = append(p.constants[t.Name], text)
		}
	}
}

// The methods of zz_generated.prerelease-lifecycle.go return literals.
func (p *pkg) lifecycle(d *ast.FuncDecl) {
	if d.Recv == nil || (d.Name.Name != "APILifecycleRemoved" && d.Name.Name != "APILifecycleReplacement") {
		return
	}
	name := d.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name
	life := p.lifecycles[name]
	if life == nil {
		life = &lifecycle{}
		p.lifecycles[name] = life
	}
	results := d.Body.List[0].(*ast.ReturnStmt).Results
	if d.Name.Name == "APILifecycleRemoved" {
		life.removed, _ = strconv.Atoi(results[1].(*ast.BasicLit).Value)
		return
	}
	var values []string
	for _, element := range results[0].(*ast.CompositeLit).Elts {
		text, _ := strconv.Unquote(element.(*ast.KeyValueExpr).Value.(*ast.BasicLit).Value)
		values = append(values, text)
	}
	life.replacement = strings.TrimPrefix(values[0]+"/"+values[1], "/") + " " + values[2]
}

func (s *source) kinds() map[string]kind {
	kinds := map[string]kind{}
	for _, p := range s.objects {
		groupVersion := strings.TrimPrefix(p.group+"/"+filepath.Base(p.path), "/")
		for name, spec := range p.types {
			object, ok := spec.Type.(*ast.StructType)
			if !ok || !embeds(object, "TypeMeta") || !embeds(object, "ObjectMeta") {
				continue
			}
			scope := "namespaced"
			if strings.Contains(p.docs[name], "+genclient:nonNamespaced") {
				scope = "cluster"
			}
			if p.types[name+"List"] == nil {
				scope = "request"
			}
			life := lifecycle{}
			if p.lifecycles[name] != nil {
				life = *p.lifecycles[name]
			}
			typeName := s.structOf(p, name, object)
			life.notServed = notServed[strings.Split(typeName, ".")[0]] || notServed[typeName]
			kinds[groupVersion+" "+name] = kind{scope: scope, typeName: typeName, life: life}
		}
	}
	return kinds
}

func embeds(object *ast.StructType, name string) bool {
	for _, f := range object.Fields.List {
		selector, ok := f.Type.(*ast.SelectorExpr)
		if ok && len(f.Names) == 0 && selector.Sel.Name == name {
			return true
		}
	}
	return false
}

func (s *source) structOf(p *pkg, name string, object *ast.StructType) string {
	parts := strings.Split(p.path, "/")
	full := strings.Join(parts[len(parts)-2:], "/") + "." + name
	if _, done := s.structs[full]; !done {
		s.structs[full] = nil
		var fields []field
		s.collect(p, p.files[name], object, embeds(object, "ObjectMeta"), &fields)
		sort.Slice(fields, func(i, j int) bool { return fields[i].name < fields[j].name })
		s.structs[full] = fields
	}
	return full
}

var marker = regexp.MustCompile(`(?m)^//?\s*\+(\w+)(?:=(.*))?$|^\+(\w+)(?:=(.*))?$`)

func markers(comment *ast.CommentGroup) map[string][]string {
	found := map[string][]string{}
	if comment == nil {
		return found
	}
	for _, line := range comment.List {
		if m := marker.FindStringSubmatch(line.Text); m != nil {
			found[m[1]] = append(found[m[1]], strings.Trim(strings.TrimSpace(m[2]), `"`))
		}
	}
	return found
}

func (s *source) collect(p *pkg, file *ast.File, object *ast.StructType, isObject bool, fields *[]field) {
	for _, f := range object.Fields.List {
		tag := ""
		if f.Tag != nil {
			text, _ := strconv.Unquote(f.Tag.Value)
			tag = reflect.StructTag(text).Get("json")
		}
		words := strings.Split(tag, ",")
		if words[0] == "-" {
			continue
		}
		if words[0] == "" {
			owner, ownerFile, embedded := s.structType(p, file, f.Type)
			s.collect(owner, ownerFile, embedded, false, fields)
			continue
		}
		marks := markers(f.Doc)
		omitted := strings.Contains(tag, "omitempty")
		_, pointer := f.Type.(*ast.StarExpr)
		typeName := "any"
		// What the API server writes is not read.
		if !(isObject && words[0] == "status") {
			typeName = s.typeOf(p, file, f.Type)
		}
		parts := strings.Split(p.path, "/")
		owner := strings.Join(parts[len(parts)-2:], "/") + "." + nameOf(p, object) + "." + words[0]
		if values := fieldValues[owner]; values != nil {
			typeName = owner
			s.enums[owner] = values
		}
		isStruct := s.structs[typeName] != nil || strings.Contains(typeName, ".") && !strings.HasPrefix(typeName, "[]") &&
			!strings.HasPrefix(typeName, "{}") && s.enums[typeName] == nil
		line := field{
			name:        words[0],
			typeName:    typeName,
			zeroOmitted: omitted && !pointer && !isStruct && typeName != "any" && typeName != "quantity" && typeName != "time" && typeName != "intOrString" && typeName != "duration",
			required:    !omitted && marks["optional"] == nil,
			plainStruct: !pointer && isStruct,
		}
		switch {
		case marks["listType"] != nil && marks["listType"][0] == "set":
			line.list = "set"
		case marks["listType"] != nil && marks["listType"][0] == "map":
			line.list = "key:" + strings.Join(s.keys(typeName, marks["listMapKey"]), ",")
		}
		*fields = append(*fields, line)
	}
}

func nameOf(p *pkg, object *ast.StructType) string {
	for name, spec := range p.types {
		if spec.Type == object {
			return name
		}
	}
	return ""
}

// keys are the names of the keys of a list's items, each with its default.
func (s *source) keys(typeName string, names []string) []string {
	sort.Strings(names)
	var keys []string
	parts := strings.Split(strings.TrimPrefix(typeName, "[]"), ".")
	for path, p := range s.pkgs {
		if strings.HasSuffix(path, "/"+parts[0]) && p.types[parts[1]] != nil {
			object := p.types[parts[1]].Type.(*ast.StructType)
			for _, name := range names {
				keys = append(keys, name)
				for _, f := range object.Fields.List {
					if f.Tag != nil && strings.Contains(f.Tag.Value, `json:"`+name+`,`) {
						if value := markers(f.Doc)["default"]; value != nil {
							keys[len(keys)-1] += "=" + value[0]
						}
					}
				}
			}
			return keys
		}
	}
	panic("no source of " + typeName)
}

func (s *source) resolve(p *pkg, file *ast.File, expr ast.Expr) (*pkg, string) {
	switch e := expr.(type) {
	case *ast.StarExpr:
		return s.resolve(p, file, e.X)
	case *ast.Ident:
		return p, e.Name
	case *ast.SelectorExpr:
		alias := e.X.(*ast.Ident).Name
		for _, i := range file.Imports {
			path, _ := strconv.Unquote(i.Path.Value)
			if (i.Name != nil && i.Name.Name == alias) || (i.Name == nil && filepath.Base(path) == alias) {
				return s.pkg(path), e.Sel.Name
			}
		}
	}
	panic("cannot resolve a type in " + p.path)
}

func (s *source) structType(p *pkg, file *ast.File, expr ast.Expr) (*pkg, *ast.File, *ast.StructType) {
	owner, name := s.resolve(p, file, expr)
	if owner.types[name] == nil {
		panic("no source of " + owner.path + "." + name)
	}
	if object, ok := owner.types[name].Type.(*ast.StructType); ok {
		return owner, owner.files[name], object
	}
	return s.structType(owner, owner.files[name], owner.types[name].Type)
}

func (s *source) typeOf(p *pkg, file *ast.File, expr ast.Expr) string {
	switch e := expr.(type) {
	case *ast.StarExpr:
		return s.typeOf(p, file, e.X)
	case *ast.ArrayType:
		if element, ok := e.Elt.(*ast.Ident); ok && element.Name == "byte" {
			return "bytes"
		}
		return "[]" + s.typeOf(p, file, e.Elt)
	case *ast.MapType:
		return "{}" + s.typeOf(p, file, e.Value)
	case *ast.Ident:
		switch e.Name {
		case "string", "bool", "int32", "int64":
			return e.Name
		case "int":
			return "int64"
		case "float64":
			return "float"
		}
	}
	owner, name := s.resolve(p, file, expr)
	if leaf, ok := leaves[owner.path+"."+name]; ok {
		return leaf
	}
	spec := owner.types[name]
	if spec == nil {
		panic("no source of " + owner.path + "." + name)
	}
	if object, ok := spec.Type.(*ast.StructType); ok {
		return s.structOf(owner, name, object)
	}
	under := s.typeOf(owner, owner.files[name], spec.Type)
	parts := strings.Split(owner.path, "/")
	full := strings.Join(parts[len(parts)-2:], "/") + "." + name
	isEnum := closed[full] || enumMarker.MatchString(owner.docs[name])
	if under == "string" && isEnum && len(owner.constants[name]) > 0 {
		s.enums[full] = unique(owner.constants[name])
		return full
	}
	return under
}

func unique(values []string) []string {
	seen := map[string]bool{}
	for _, value := range values {
		seen[value] = true
	}
	return sorted(seen)
}

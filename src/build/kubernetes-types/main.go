// Prints the field types of the Kubernetes API, one line each, as dev.eksplatform.workload.manifest.ApiTypes reads them:
//
//	go run . > ../../main/resources/dev/eksplatform/workload/manifest/kubernetes.types
//
// The Kubernetes release is the version of k8s.io/api in go.mod.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime/debug"
	"sort"
	"strings"

	admissionregistration "k8s.io/api/admissionregistration/v1"
	apps "k8s.io/api/apps/v1"
	autoscaling1 "k8s.io/api/autoscaling/v1"
	autoscaling2 "k8s.io/api/autoscaling/v2"
	batch "k8s.io/api/batch/v1"
	certificates "k8s.io/api/certificates/v1"
	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	flowcontrol "k8s.io/api/flowcontrol/v1"
	networking "k8s.io/api/networking/v1"
	node "k8s.io/api/node/v1"
	policy "k8s.io/api/policy/v1"
	rbac "k8s.io/api/rbac/v1"
	scheduling "k8s.io/api/scheduling/v1"
	storage "k8s.io/api/storage/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Types with a JSON form of their own.
var leaves = map[string]string{
	"k8s.io/apimachinery/pkg/api/resource.Quantity":                            "quantity",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Time":                                "time",
	"k8s.io/apimachinery/pkg/apis/meta/v1.MicroTime":                           "time",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Duration":                            "duration",
	"k8s.io/apimachinery/pkg/util/intstr.IntOrString":                          "intOrString",
	"k8s.io/apimachinery/pkg/apis/meta/v1.FieldsV1":                            "any",
	"k8s.io/apimachinery/pkg/runtime.RawExtension":                             "any",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaProps": "any",
}

var named = map[string][]string{}
var sources = map[string]string{}

func main() {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{core.AddToScheme, apps.AddToScheme, batch.AddToScheme,
		autoscaling1.AddToScheme, autoscaling2.AddToScheme, networking.AddToScheme, policy.AddToScheme, rbac.AddToScheme,
		storage.AddToScheme, scheduling.AddToScheme, coordination.AddToScheme, discovery.AddToScheme, node.AddToScheme,
		admissionregistration.AddToScheme, flowcontrol.AddToScheme, certificates.AddToScheme, apiextensions.AddToScheme} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
	version := ""
	info, _ := debug.ReadBuildInfo()
	for _, dep := range info.Deps {
		if dep.Path == "k8s.io/api" {
			version = strings.Replace(dep.Version, "v0.", "1.", 1)
		}
	}
	var kinds []string
	types := scheme.AllKnownTypes()
	var gvks []schema.GroupVersionKind
	for gvk, t := range types {
		meta, ok := t.FieldByName("ObjectMeta")
		_, served := t.FieldByName("TypeMeta")
		if ok && served && meta.Anonymous && gvk.Version != runtime.APIVersionInternal {
			gvks = append(gvks, gvk)
		}
	}
	for _, gvk := range gvks {
		t := types[gvk]
		scope := "namespaced"
		if clusterScoped(t) {
			scope = "cluster"
		}
		kinds = append(kinds, fmt.Sprintf("kind %s %s %s %s", gvk.GroupVersion(), gvk.Kind, scope, name(t)))
		typeOf(t)
	}
	sort.Strings(kinds)
	fmt.Printf("# Field types of the Kubernetes API %s, read from the Go types of k8s.io/api and k8s.io/apiextensions-apiserver.\n", version)
	fmt.Println("# A line `field type -` marks a field that the API server does not answer when it has its zero value.")
	fmt.Println(strings.Join(kinds, "\n"))
	var all []string
	for n := range named {
		all = append(all, n)
	}
	sort.Strings(all)
	for _, n := range all {
		fmt.Println("type", n)
		for _, f := range named[n] {
			fmt.Println(" " + f)
		}
	}
}

func name(t reflect.Type) string {
	parts := strings.Split(t.PkgPath(), "/")
	return strings.Join(parts[len(parts)-2:], "/") + "." + t.Name()
}

func typeOf(t reflect.Type) string {
	if leaf, ok := leaves[t.PkgPath()+"."+t.Name()]; ok {
		return leaf
	}
	switch t.Kind() {
	case reflect.Pointer:
		return typeOf(t.Elem())
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "bool"
	case reflect.Int32, reflect.Int64:
		return t.Kind().String()
	case reflect.Float64:
		return "float"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return "[]" + typeOf(t.Elem())
	case reflect.Map:
		return "{}" + typeOf(t.Elem())
	case reflect.Struct:
		n := name(t)
		if _, done := named[n]; !done {
			named[n] = nil
			var fields []string
			collect(t, &fields)
			sort.Strings(fields)
			named[n] = fields
		}
		return n
	}
	panic("no JSON form for " + t.String())
}

func collect(t reflect.Type, fields *[]string) {
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		tag := strings.Split(f.Tag.Get("json"), ",")
		if tag[0] == "-" {
			continue
		}
		if tag[0] == "" {
			if !f.Anonymous {
				panic(t.String() + "." + f.Name)
			}
			ft := f.Type
			if ft.Kind() == reflect.Pointer {
				ft = ft.Elem()
			}
			collect(ft, fields)
			continue
		}
		line := tag[0] + " " + typeOf(f.Type)
		omitted := strings.Contains(f.Tag.Get("json"), "omitempty")
		if omitted && f.Type.Kind() != reflect.Pointer && f.Type.Kind() != reflect.Struct {
			line += " -"
		}
		*fields = append(*fields, line)
	}
}

// A cluster-scoped type carries the marker `+genclient:nonNamespaced` in its source.
func clusterScoped(t reflect.Type) bool {
	source, ok := sources[t.PkgPath()]
	if !ok {
		info, _ := debug.ReadBuildInfo()
		for _, dep := range info.Deps {
			if rest, found := strings.CutPrefix(t.PkgPath(), dep.Path+"/"); found {
				dir := filepath.Join(os.Getenv("GOMODCACHE"), dep.Path+"@"+dep.Version, rest)
				files, _ := filepath.Glob(filepath.Join(dir, "types*.go"))
				for _, file := range files {
					text, err := os.ReadFile(file)
					if err != nil {
						panic(err)
					}
					source += string(text)
				}
			}
		}
		if source == "" {
			panic("no source of " + t.PkgPath() + "; set GOMODCACHE")
		}
		sources[t.PkgPath()] = source
	}
	before := regexp.MustCompile(`(?s)(.*)\ntype ` + t.Name() + ` struct`).FindStringSubmatch(source)
	if before == nil {
		panic("no source of " + t.String())
	}
	all := strings.Split(before[1], "\n")
	for i := len(all) - 1; i >= 0; i-- {
		line := strings.TrimSpace(all[i])
		if line != "" && !strings.HasPrefix(line, "//") {
			return false
		}
		if strings.Contains(line, "+genclient:nonNamespaced") {
			return true
		}
	}
	return false
}

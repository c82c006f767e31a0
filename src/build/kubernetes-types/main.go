// Prints the kinds and field types of several releases of the Kubernetes API as dev.eksplatform.workload.manifest.ApiTypes
// reads them: see README.md. It reads the Go source of the API with its markers, so that no release has to be compiled in.
package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// The newest patch release of each minor version that manifests are checked for, oldest first, and the day on which they were.
const day = "2026-11-26"

var releases = []string{"1.31.14", "1.32.13", "1.33.13", "1.34.13", "1.35.10", "1.36.6", "1.37.2"}

// A span is a range of releases, as indexes of releases.
type span struct{ first, last int }

func (s *span) add(release int) {
	if s.last < s.first {
		s.first = release
	}
	s.last = release
}

// String is empty for all releases, else such as " 34..", " ..35" or " 32..35".
func (s span) String() string {
	text := ".."
	if s.first > 0 {
		text = minor(s.first) + text
	}
	if s.last < len(releases)-1 {
		text += minor(s.last)
	}
	if text == ".." {
		return ""
	}
	return " " + text
}

func minor(release int) string { return strings.Split(releases[release], ".")[1] }

type kind struct {
	scope, typeName string
	life            lifecycle
	span            span
}

type fieldUnion struct {
	newest       field
	alwaysNeeded bool
	span         span
}

type structUnion struct {
	fields map[string]*fieldUnion
	span   span
}

type enumUnion map[string]*span

func main() {
	kinds := map[string]*kind{}
	structs := map[string]*structUnion{}
	enums := map[string]enumUnion{}
	for release := range releases {
		source := load(strings.Replace(releases[release], "1.", "v0.", 1))
		for name, k := range source.kinds() {
			known := kinds[name]
			if known == nil {
				known = &kind{span: span{0, -1}}
				kinds[name] = known
			}
			known.scope, known.typeName, known.life = k.scope, k.typeName, k.life
			if k.life.notServed {
				continue
			}
			if k.life.removed == 0 || k.life.removed > 31+release {
				known.span.add(release)
			}
		}
		for name, s := range source.structs {
			known := structs[name]
			if known == nil {
				known = &structUnion{map[string]*fieldUnion{}, span{0, -1}}
				structs[name] = known
			}
			known.span.add(release)
			for _, f := range s {
				u := known.fields[f.name]
				if u == nil {
					u = &fieldUnion{alwaysNeeded: true, span: span{0, -1}}
					known.fields[f.name] = u
				} else if was := u.newest; was.typeName != f.typeName || was.zeroOmitted != f.zeroOmitted || was.list != f.list {
					fmt.Fprintf(os.Stderr, "%s: %s.%s was %v, is %v\n", releases[release], name, f.name, was, f)
				}
				u.newest = f
				u.alwaysNeeded = u.alwaysNeeded && f.required
				u.span.add(release)
			}
		}
		for name, values := range source.enums {
			if enums[name] == nil {
				enums[name] = enumUnion{}
			}
			for _, value := range values {
				if enums[name][value] == nil {
					enums[name][value] = &span{0, -1}
				}
				enums[name][value].add(release)
			}
		}
	}
	write(kinds, structs, enums)
}

// Kinds of stable versions are written to kubernetes.types, others to kubernetes-preview.types, which is read only when a
// manifest has one of them.
func write(kinds map[string]*kind, structs map[string]*structUnion, enums map[string]enumUnion) {
	stable, preview := map[string]bool{}, map[string]bool{}
	needs := neededStructs(structs)
	for _, name := range sorted(kinds) {
		k := kinds[name]
		if k.span.last >= 0 && k.scope != "request" && isStable(name) {
			reach(k.typeName, structs, stable)
		}
	}
	reach("meta/v1.ObjectMeta", structs, stable)
	for _, name := range sorted(kinds) {
		if k := kinds[name]; k.span.last >= 0 && k.scope != "request" && !isStable(name) {
			reach(k.typeName, structs, preview)
		}
	}
	if len(os.Args) != 2 {
		panic("give the folder to write to")
	}
	for _, file := range []struct {
		name   string
		stable bool
		types  map[string]bool
	}{{"kubernetes.types", true, stable}, {"kubernetes-preview.types", false, preview}} {
		out, err := os.Create(filepath.Join(os.Args[1], file.name))
		if err != nil {
			panic(err)
		}
		w := bufio.NewWriter(out)
		fmt.Fprintf(w, "# The Kubernetes API %s (the newest on %s), read from the source of k8s.io/api,\n",
			strings.Join(releases, ", "), day)
		fmt.Fprintln(w, "# k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator by src/build/kubernetes-types, whose README.md explains the lines.")
		if file.stable {
			fmt.Fprintf(w, "releases %s %s\n", minor(0), minor(len(releases)-1))
		}
		for _, name := range sorted(kinds) {
			if file.stable || !isStable(name) {
				writeKind(w, name, kinds[name], file.stable)
			}
		}
		used := map[string]bool{}
		for _, name := range sorted(structs) {
			if !file.types[name] || (!file.stable && stable[name]) {
				continue
			}
			fmt.Fprintln(w, "type "+name)
			s := structs[name]
			for _, f := range sorted(s.fields) {
				writeField(w, name, s, s.fields[f], needs, enums, file.stable)
				used[element(s.fields[f].newest.typeName)] = true
			}
		}
		for _, name := range sorted(enums) {
			if !used[name] {
				continue
			}
			all := span{0, -1}
			for _, value := range enums[name] {
				all.add(value.first)
				all.add(max(all.last, value.last))
				all.first = min(all.first, value.first)
			}
			line := "enum " + name + " "
			for i, value := range sorted(enums[name]) {
				if i > 0 {
					line += "|"
				}
				line += value
				if *enums[name][value] != all {
					line += strings.Replace(enums[name][value].String(), " ", "@", 1)
				}
			}
			fmt.Fprintln(w, line)
		}
		if err := w.Flush(); err != nil {
			panic(err)
		}
	}
}

// Every kind is listed in kubernetes.types, those of previews with the word preview in place of their type.
func writeKind(w *bufio.Writer, name string, k *kind, stableFile bool) {
	switch {
	case k.span.last < 0:
		if stableFile && k.scope != "request" {
			release := "-"
			if k.life.removed > 0 {
				release = fmt.Sprintf("1.%d", k.life.removed)
			}
			fmt.Fprintf(w, "gone %s %s%s\n", name, release, prefixed(" ", otherGroup(name, k.life.replacement)))
		}
	case k.scope == "request":
		if stableFile {
			fmt.Fprintf(w, "kind %s request -%s\n", name, k.span)
		}
	case stableFile && !isStable(name):
		fmt.Fprintf(w, "kind %s %s preview%s\n", name, k.scope, k.served())
	default:
		fmt.Fprintf(w, "kind %s %s %s%s\n", name, k.scope, k.typeName, k.served())
	}
}

// served is the span of a kind, with its end when a release that is still to come removes it.
func (k *kind) served() string {
	if k.span.last < len(releases)-1 || k.life.removed == 0 {
		return k.span.String()
	}
	first := ""
	if k.span.first > 0 {
		first = minor(k.span.first)
	}
	return fmt.Sprintf(" %s..%d", first, k.life.removed-1)
}

// otherGroup is a replacement of another group: within a group, the version follows from the kinds.
func otherGroup(name, replacement string) string {
	if strings.Split(name, "/")[0] == strings.Split(replacement, "/")[0] {
		return ""
	}
	return strings.Split(replacement, " ")[0]
}

func writeField(w *bufio.Writer, owner string, s *structUnion, u *fieldUnion, needs map[string]bool,
	enums map[string]enumUnion, stable bool) {
	f := u.newest
	line := " " + f.name + " "
	if e := element(f.typeName); enums[e] != nil {
		line += strings.TrimSuffix(f.typeName, e) + "string =" + e
	} else {
		line += f.typeName
	}
	if f.zeroOmitted {
		line += " -"
	}
	if stable && isRequired(owner, u, needs) {
		line += " !"
	}
	if f.list != "" {
		line += " " + f.list
	}
	// A field that was added or removed together with its type needs no range.
	if u.span != s.span {
		line += u.span.String()
	}
	fmt.Fprintln(w, line)
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// isStable reports whether the version of a kind is neither alpha nor beta.
func isStable(name string) bool {
	version := strings.Split(name, " ")[0]
	return !strings.Contains(version[strings.LastIndex(version, "/")+1:], "a") &&
		!strings.Contains(version, "beta")
}

func reach(name string, structs map[string]*structUnion, reached map[string]bool) {
	name = element(name)
	s := structs[name]
	if s == nil || reached[name] {
		return
	}
	reached[name] = true
	for _, f := range s.fields {
		reach(f.newest.typeName, structs, reached)
	}
}

func element(typeName string) string {
	for strings.HasPrefix(typeName, "[]") || strings.HasPrefix(typeName, "{}") {
		typeName = typeName[2:]
	}
	return typeName
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

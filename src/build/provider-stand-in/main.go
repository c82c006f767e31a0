// A fake Terraform provider, to record plans of stacks whose provider and cluster are not available. It has the schema of the
// real provider and stores what it gets, like the provider with a cluster that accepts everything: computed values are unknown
// in the plan and invented in the apply; another name, namespace, kind or API version replaces an object.
//
//	go build -o terraform-provider-kubernetes_v2.38.0 .
//
// schema.json next to the program has {"provider": …, "schema": …}, the schema of one provider as `terraform providers
// schema -json` prints it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type attribute struct {
	Type       json.RawMessage `json:"type"`
	NestedType *struct {
		Attributes  map[string]attribute `json:"attributes"`
		NestingMode string               `json:"nesting_mode"`
	} `json:"nested_type"`
	Required, Optional, Computed, Sensitive bool
}

type block struct {
	Attributes map[string]attribute `json:"attributes"`
	BlockTypes map[string]struct {
		NestingMode string `json:"nesting_mode"`
		Block       block  `json:"block"`
		MinItems    int64  `json:"min_items"`
		MaxItems    int64  `json:"max_items"`
	} `json:"block_types"`
}

type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

var replacing = map[string]bool{"name": true, "namespace": true, "kind": true, "apiVersion": true}

func main() {
	name := strings.SplitN(strings.TrimPrefix(filepath.Base(os.Args[0]), "terraform-provider-"), "_", 2)[0]
	program, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(program), "schema.json"))
	if err != nil {
		log.Fatal(err)
	}
	var file struct {
		Schema struct {
			Provider          schema            `json:"provider"`
			ResourceSchemas   map[string]schema `json:"resource_schemas"`
			DataSourceSchemas map[string]schema `json:"data_source_schemas"`
		} `json:"schema"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		log.Fatal(err)
	}
	answer := &tfprotov6.GetProviderSchemaResponse{
		Provider:          file.Schema.Provider.protocol(),
		ResourceSchemas:   map[string]*tfprotov6.Schema{},
		DataSourceSchemas: map[string]*tfprotov6.Schema{},
	}
	for type_, s := range file.Schema.ResourceSchemas {
		answer.ResourceSchemas[type_] = s.protocol()
	}
	for type_, s := range file.Schema.DataSourceSchemas {
		answer.DataSourceSchemas[type_] = s.protocol()
	}
	err = tf6server.Serve("registry.terraform.io/hashicorp/"+name, func() tfprotov6.ProviderServer {
		return &standIn{schemas: answer}
	})
	if err != nil {
		log.Fatal(err)
	}
}

func (s schema) protocol() *tfprotov6.Schema {
	return &tfprotov6.Schema{Version: s.Version, Block: s.Block.protocol()}
}

func (b block) protocol() *tfprotov6.SchemaBlock {
	result := &tfprotov6.SchemaBlock{Attributes: attributes(b.Attributes)}
	for name, nested := range b.BlockTypes {
		modes := map[string]tfprotov6.SchemaNestedBlockNestingMode{
			"single": tfprotov6.SchemaNestedBlockNestingModeSingle,
			"group":  tfprotov6.SchemaNestedBlockNestingModeGroup,
			"list":   tfprotov6.SchemaNestedBlockNestingModeList,
			"set":    tfprotov6.SchemaNestedBlockNestingModeSet,
			"map":    tfprotov6.SchemaNestedBlockNestingModeMap,
		}
		result.BlockTypes = append(result.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: nested.Block.protocol(), Nesting: modes[nested.NestingMode],
			MinItems: nested.MinItems, MaxItems: nested.MaxItems,
		})
	}
	return result
}

func attributes(all map[string]attribute) []*tfprotov6.SchemaAttribute {
	var result []*tfprotov6.SchemaAttribute
	for name, a := range all {
		one := &tfprotov6.SchemaAttribute{
			Name: name, Required: a.Required, Optional: a.Optional, Computed: a.Computed, Sensitive: a.Sensitive,
		}
		if a.NestedType != nil {
			modes := map[string]tfprotov6.SchemaObjectNestingMode{
				"single": tfprotov6.SchemaObjectNestingModeSingle,
				"list":   tfprotov6.SchemaObjectNestingModeList,
				"set":    tfprotov6.SchemaObjectNestingModeSet,
				"map":    tfprotov6.SchemaObjectNestingModeMap,
			}
			one.NestedType = &tfprotov6.SchemaObject{
				Attributes: attributes(a.NestedType.Attributes), Nesting: modes[a.NestedType.NestingMode],
			}
		} else {
			type_, err := tftypes.ParseJSONType(a.Type) //nolint:staticcheck // the only reader of this notation
			if err != nil {
				log.Fatalf("%s: %v", name, err)
			}
			one.Type = type_
		}
		result = append(result, one)
	}
	return result
}

// Terraform does not call the other methods in these recordings: they are those of the nil interface.
type standIn struct {
	tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

func (p *standIn) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return p.schemas, nil
}

func (p *standIn) ValidateProviderConfig(_ context.Context, r *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: r.Config}, nil
}

func (p *standIn) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (p *standIn) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (p *standIn) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (p *standIn) UpgradeResourceState(_ context.Context, r *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	type_ := p.schemas.ResourceSchemas[r.TypeName].ValueType()
	state, err := r.RawState.Unmarshal(type_)
	if err != nil {
		return nil, err
	}
	value, err := tfprotov6.NewDynamicValue(type_, state)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &value}, err
}

func (p *standIn) ReadResource(_ context.Context, r *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: r.CurrentState}, nil
}

func (p *standIn) PlanResourceChange(_ context.Context, r *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	schema := p.schemas.ResourceSchemas[r.TypeName]
	type_ := schema.ValueType()
	prior, err := r.PriorState.Unmarshal(type_)
	if err != nil {
		return nil, err
	}
	proposed, err := r.ProposedNewState.Unmarshal(type_)
	if err != nil {
		return nil, err
	}
	if proposed.IsNull() {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: r.ProposedNewState}, nil
	}
	planned, err := tftypes.Transform(proposed, func(path *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		computed := attributeAt(schema.Block, path)
		if computed != nil && computed.Computed && value.IsNull() && prior.IsNull() {
			return tftypes.NewValue(value.Type(), tftypes.UnknownValue), nil
		}
		return value, nil
	})
	if err != nil {
		return nil, err
	}
	if r.TypeName == "kubernetes_manifest" {
		if planned, err = withObject(planned); err != nil {
			return nil, err
		}
	}
	response := &tfprotov6.PlanResourceChangeResponse{}
	if !prior.IsNull() {
		differences, err := planned.Diff(prior)
		if err != nil {
			return nil, err
		}
		for _, difference := range differences {
			steps := difference.Path.Steps()
			last, isName := steps[len(steps)-1].(tftypes.AttributeName)
			key, isKey := steps[len(steps)-1].(tftypes.ElementKeyString)
			inObject := steps[0].Equal(tftypes.AttributeName("object"))
			if !inObject && (isName && replacing[string(last)] || isKey && replacing[string(key)]) && len(steps) <= 3 {
				response.RequiresReplace = append(response.RequiresReplace, difference.Path)
			}
		}
	}
	value, err := tfprotov6.NewDynamicValue(type_, planned)
	response.PlannedState = &value
	return response, err
}

// withObject plans the object that the cluster will store: the manifest.
func withObject(planned tftypes.Value) (tftypes.Value, error) {
	var attributes map[string]tftypes.Value
	if err := planned.As(&attributes); err != nil {
		return planned, err
	}
	attributes["object"] = attributes["manifest"]
	return tftypes.NewValue(planned.Type(), attributes), nil
}

func (p *standIn) ApplyResourceChange(_ context.Context, r *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	type_ := p.schemas.ResourceSchemas[r.TypeName].ValueType()
	planned, err := r.PlannedState.Unmarshal(type_)
	if err != nil {
		return nil, err
	}
	made, err := tftypes.Transform(planned, func(path *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		switch {
		case value.IsKnown():
			return value, nil
		case value.Type().Is(tftypes.String):
			return tftypes.NewValue(tftypes.String, fmt.Sprintf("made-up-%s", path.LastStep())), nil
		default:
			return tftypes.NewValue(value.Type(), nil), nil
		}
	})
	if err != nil {
		return nil, err
	}
	value, err := tfprotov6.NewDynamicValue(type_, made)
	return &tfprotov6.ApplyResourceChangeResponse{NewState: &value}, err
}

// attributeAt finds the attribute that a path ends at; nil for a block, an element or a part of a value.
func attributeAt(block *tfprotov6.SchemaBlock, path *tftypes.AttributePath) *tfprotov6.SchemaAttribute {
	attributes, blocks := block.Attributes, block.BlockTypes
	var found *tfprotov6.SchemaAttribute
	for _, step := range path.Steps() {
		name, ok := step.(tftypes.AttributeName)
		if !ok {
			continue
		}
		if found != nil && found.NestedType == nil {
			return nil
		}
		found = nil
		var nested *tfprotov6.SchemaNestedBlock
		for _, candidate := range attributes {
			if candidate.Name == string(name) {
				found = candidate
			}
		}
		for _, candidate := range blocks {
			if candidate.TypeName == string(name) {
				nested = candidate
			}
		}
		switch {
		case nested != nil:
			attributes, blocks = nested.Block.Attributes, nested.Block.BlockTypes
		case found != nil && found.NestedType != nil:
			attributes, blocks = found.NestedType.Attributes, nil
		case found == nil:
			return nil
		}
	}
	steps := path.Steps()
	if len(steps) == 0 {
		return nil
	}
	if _, ok := steps[len(steps)-1].(tftypes.AttributeName); !ok {
		return nil
	}
	return found
}

package main

// The API schema marks these fields as required, but the API server accepts objects without them: they have a default, or their
// zero value is valid. The rules are those of the packages validation and v1 (defaults.go) of each group in k8s.io/kubernetes/pkg/apis.
var notEnforced = map[string]bool{
	"apiextensions/v1.CustomResourceDefinitionVersion.served":  true,
	"apiextensions/v1.CustomResourceDefinitionVersion.storage": true,
	"apps/v1.ControllerRevision.revision":                      true,
	"batch/v1.PodFailurePolicy.rules":                          true,
	"batch/v1.PodFailurePolicyOnPodConditionsPattern.status":   true,
	"core/v1.EvictionResponder.priority":                       true,
	"core/v1.Event.involvedObject":                             true,
	"core/v1.HTTPHeader.value":                                 true,
	"core/v1.ISCSIPersistentVolumeSource.lun":                  true,
	"core/v1.ISCSIVolumeSource.lun":                            true,
	"core/v1.LimitRangeSpec.limits":                            true,
	"core/v1.ScaleIOPersistentVolumeSource.secretRef":          true,
	"core/v1.ScaleIOVolumeSource.secretRef":                    true,
	"discovery/v1.ForZone.name":                                true,
	"discovery/v1.ForNode.name":                                true,
	"core/v1.SleepAction.seconds":                              true,
	"core/v1.Sysctl.value":                                     true,
	"discovery/v1.EndpointSlice.endpoints":                     true,
	"meta/v1.GroupResource.group":                              true,
	"resource/v1.ResourcePool.generation":                      true,
	"storage/v1.CSINodeSpec.drivers":                           true,
	"rbac/v1.RoleRef.apiGroup":                                 true,
	"scheduling/v1.PriorityClass.value":                        true,
	"storage/v1.TokenRequest.audience":                         true,
}

// The schema marks these fields as optional, but the API server requires them.
var enforced = map[string]bool{
	"core/v1.ExecAction.command": true,
	"core/v1.Container.image":    true, // "This field is optional to allow higher level config management": not in an object
}

// isRequired reports whether an object without the field is refused. An absent struct is the same as an empty one, so it is required
// when one of its own fields is.
func isRequired(owner string, u *fieldUnion, needs map[string]bool) bool {
	name := owner + "." + u.newest.name
	if notEnforced[name] {
		return false
	}
	if u.newest.plainStruct {
		return needs[u.newest.typeName]
	}
	return u.alwaysNeeded || enforced[name]
}

// neededStructs are those that are not valid when empty.
func neededStructs(structs map[string]*structUnion) map[string]bool {
	needs := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for name, s := range structs {
			for _, u := range s.fields {
				if !needs[name] && u.span == s.span && isRequired(name, u, needs) {
					needs[name] = true
					changed = true
				}
			}
		}
	}
	return needs
}

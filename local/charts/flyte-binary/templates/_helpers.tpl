{{- define "flyte.fullname" -}}
{{- .Values.fullnameOverride | default (printf "%s-flyte-binary" .Release.Name) -}}
{{- end -}}
{{- define "flyte.labels" -}}
app.kubernetes.io/name: flyte-binary
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: flyte-binary
{{- end -}}
{{- define "flyte.account" -}}
{{- .Values.serviceAccount.name | default (include "flyte.fullname" .) -}}
{{- end -}}

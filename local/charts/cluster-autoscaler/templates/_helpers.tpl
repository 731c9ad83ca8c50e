{{- define "fullname" -}}{{ .Values.fullnameOverride | default (printf "%s-aws-cluster-autoscaler" .Release.Name) }}{{- end -}}
{{- define "account" -}}{{ .Values.rbac.serviceAccount.name | default (include "fullname" .) }}{{- end -}}
{{- define "selector" -}}
app.kubernetes.io/name: aws-cluster-autoscaler
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "labels" -}}
{{ include "selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
hangar/stand-in: "true"
{{- end -}}

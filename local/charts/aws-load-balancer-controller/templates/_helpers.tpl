{{- define "name" -}}{{ .Values.serviceAccount.name | default .Release.Name }}{{- end -}}
{{- define "selector" -}}
app.kubernetes.io/name: aws-load-balancer-controller
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "labels" -}}
{{ include "selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
hangar/stand-in: "true"
{{- end -}}

{{- define "flyte.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{/* One component: Deployment, its pods and how they are configured.
     Takes root, name, values, account, image, container, command, configMaps; optional initContainers, database. */}}
{{- define "flyte.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "flyte.labels" . | nindent 4 }}
spec:
  replicas: {{ .values.replicaCount | default 1 }}
  selector:
    matchLabels: {{- include "flyte.labels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "flyte.labels" . | nindent 8 }}
        {{- with .values.podLabels }}{{ toYaml . | nindent 8 }}{{ end }}
      annotations:
        hangar/stand-in: "no Flyte runs here"
        configChecksum: {{ tpl (toYaml (list .root.Values.configmap .root.Values.storage .root.Values.db)) .root | sha256sum | trunc 63 | quote }}
    spec:
      {{- with .account }}
      serviceAccountName: {{ . }}
      {{- end }}
      {{- with .initContainers }}
      initContainers: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .container | default .name }}
          image: "{{ .image.repository }}:{{ .image.tag }}"
          imagePullPolicy: {{ .image.pullPolicy }}
          command: {{- toYaml .command | nindent 12 }}
          {{- with .ports }}
          ports: {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with .values.resources }}
          resources: {{- toYaml . | nindent 12 }}
          {{- end }}
          volumeMounts:
            - { name: config, mountPath: /etc/flyte/config }
            {{- if and .database .root.Values.common.databaseSecret.name }}
            - { name: {{ .root.Values.common.databaseSecret.name }}, mountPath: /etc/db }
            {{- end }}
      {{- with .values.affinity }}
      affinity: {{- toYaml . | nindent 8 }}
      {{- end }}
      volumes:
        - name: config
          projected:
            sources:
              {{- range .configMaps }}
              - configMap: { name: {{ . }} }
              {{- end }}
        {{- if and .database .root.Values.common.databaseSecret.name }}
        - name: {{ .root.Values.common.databaseSecret.name }}
          secret: { secretName: {{ .root.Values.common.databaseSecret.name }} }
        {{- end }}
{{- end -}}

{{- define "flyte.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "flyte.labels" . | nindent 4 }}
  {{- with .values.serviceAccount.annotations }}
  annotations: {{- tpl (toYaml .) $.root | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "flyte.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "flyte.labels" . | nindent 4 }}
  {{- with .annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .type | default "ClusterIP" }}
  selector: {{- include "flyte.labels" . | nindent 4 }}
  ports: {{- toYaml .ports | nindent 4 }}
{{- end -}}

{{- define "flyte.storage" -}}
storage:
  {{- if ne .Values.storage.type "s3" }}{{ fail (printf "storage.type: the stand-in knows s3, not %s" .Values.storage.type) }}{{ end }}
  type: s3
  container: {{ .Values.storage.bucketName | quote }}
  connection:
    auth-type: {{ .Values.storage.s3.authType }}
    region: {{ .Values.storage.s3.region }}
  enable-multicontainer: {{ .Values.storage.enableMultiContainer }}
  limits:
    maxDownloadMBs: {{ .Values.storage.limits.maxDownloadMBs }}
  cache:
    max_size_mbs: {{ .Values.storage.cache.maxSizeMBs }}
    target_gc_percent: {{ .Values.storage.cache.targetGCPercent }}
{{- end -}}

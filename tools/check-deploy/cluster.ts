import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { REPOSITORY } from '../local-stack/index.js';
import type { Problems } from './problems.js';

interface Manifest {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  spec?: { template?: { spec?: PodSpec } };
}

interface PodSpec {
  containers: Container[];
  securityContext?: { runAsNonRoot?: boolean };
}

export interface Container {
  name: string;
  image: string;
  env?: { name: string }[];
  envFrom?: { secretRef?: { name: string } }[];
  resources?: { requests?: unknown; limits?: unknown };
  readinessProbe?: unknown;
  livenessProbe?: unknown;
  securityContext?: { allowPrivilegeEscalation?: boolean; readOnlyRootFilesystem?: boolean };
}

interface Kustomization {
  resources?: string[];
  patches?: { path: string }[];
  images?: { name: string }[];
}

export interface Cluster {
  /** Containers of the deployments, by service. */
  deployed: Map<string, Container>;
  /** Settings that are no secret, by overlay. */
  config: Map<string, Set<string>>;
}

function manifests(path: string): Manifest[] {
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as Manifest);
}

/** What a kustomization loads; notes files that are missing or that nobody loads. */
function load(
  problems: Problems,
  folder: string,
): { resources: Manifest[]; patches: Manifest[]; kustomization: Kustomization } {
  const home = join(REPOSITORY, folder);
  const kustomization = parse(readFileSync(join(home, 'kustomization.yaml'), 'utf8')) as Kustomization;
  const files = (kustomization.resources ?? []).filter((name) => name.endsWith('.yaml'));
  const patches = (kustomization.patches ?? []).map((patch) => patch.path);
  for (const name of [...files, ...patches])
    problems.unless(existsSync(join(home, name)), folder, `${name} is not there`);
  for (const name of readdirSync(home).filter((one) => one.endsWith('.yaml') && one !== 'kustomization.yaml')) {
    problems.unless(files.includes(name) || patches.includes(name), folder, `nobody loads ${name}`);
  }
  const read = (names: string[]) =>
    names.filter((name) => existsSync(join(home, name))).flatMap((name) => manifests(join(home, name)));
  return { resources: read(files), patches: read(patches), kustomization };
}

function checkContainer(problems: Problems, where: string, container: Container, probes: boolean): void {
  const { resources, securityContext } = container;
  problems.unless(resources?.requests && resources.limits, where, `${container.name} says nothing of what it needs`);
  problems.unless(securityContext?.allowPrivilegeEscalation === false, where, `${container.name} may gain privileges`);
  problems.unless(securityContext?.readOnlyRootFilesystem, where, `${container.name} may write into its image`);
  if (probes)
    problems.unless(container.readinessProbe && container.livenessProbe, where, `${container.name} has no probes`);
}

/** Deployments, probes, resources, references between the files under k8s/. */
export function checkCluster(problems: Problems, services: readonly string[]): Cluster {
  const base = load(problems, 'k8s/base');
  const deployed = new Map<string, Container>();
  for (const manifest of base.resources) {
    const pod = manifest.spec?.template?.spec;
    const where = `k8s/base ${manifest.kind} ${manifest.metadata.name}`;
    if (!pod) continue;
    problems.unless(pod.securityContext?.runAsNonRoot, where, 'may run as root');
    for (const container of pod.containers) checkContainer(problems, where, container, manifest.kind === 'Deployment');
    if (manifest.kind === 'Deployment' && pod.containers[0]) deployed.set(manifest.metadata.name, pod.containers[0]);
  }
  const has = (kind: string, name: string) =>
    base.resources.some((one) => one.kind === kind && one.metadata.name === name);
  for (const service of services) {
    for (const kind of ['Deployment', 'Service', 'PodDisruptionBudget']) {
      problems.unless(has(kind, service), 'k8s/base', `there is no ${kind} ${service}`);
    }
  }
  const config = new Map<string, Set<string>>();
  const common = Object.keys(base.resources.find((one) => one.kind === 'ConfigMap')?.data ?? {});
  for (const overlay of readdirSync(join(REPOSITORY, 'k8s', 'overlays'))) {
    const { patches, kustomization } = load(problems, `k8s/overlays/${overlay}`);
    for (const patch of patches) {
      problems.unless(
        has(patch.kind, patch.metadata.name),
        `k8s/overlays/${overlay}`,
        `${patch.kind} ${patch.metadata.name} is not in the base`,
      );
    }
    const images = new Set([...deployed.values()].map((container) => container.image));
    for (const { name } of kustomization.images ?? []) {
      problems.unless(images.has(name), `k8s/overlays/${overlay}`, `no deployment has the image ${name}`);
    }
    const own = Object.keys(patches.find((one) => one.kind === 'ConfigMap')?.data ?? {});
    config.set(overlay, new Set([...common, ...own]));
  }
  return { deployed, config };
}

import type { V1Ingress, V1Service } from '@kubernetes/client-node';
import type { CertificateAuthority } from '../kubernetes/CertificateAuthority.js';
import type { ClusterObjects } from './ClusterObjects.js';
import type { ControllerArguments, ElasticLoadBalancers } from './elasticLoadBalancers.js';
import { type Frontend, startFrontend } from './Frontend.js';
import type { LoadBalancerAddresses } from './loadBalancerRegistry.js';
import { type LoadBalancerStack, loadBalancerStacks } from './loadBalancerStacks.js';
import { type Backend, routeRequest } from './routeRequest.js';

export interface ControllerOptions {
  readonly objects: ClusterObjects;
  readonly balancers: ElasticLoadBalancers;
  readonly authority: CertificateAuthority;
  readonly target: { readonly host: string; readonly port: number };
  readonly log: (line: string) => void;
  /** Told whenever the addresses have changed. */
  readonly publish: (addresses: LoadBalancerAddresses) => Promise<void>;
}

interface Running {
  readonly hostname: string;
  readonly frontend: Frontend;
  /** What the listeners were made for. */
  readonly shape: string;
}

/**
 * One cluster's load balancers. Acts only while the controller's Deployment stands in the cluster and its role exists,
 * as the real controller does: without them nothing gets an address, and what has a finalizer keeps it.
 */
export class LoadBalancerController {
  readonly #options: ControllerOptions;
  readonly #running = new Map<string, Running>();
  readonly #warned = new Map<string, string>();
  #ingresses = new Map<string, readonly V1Ingress[]>();
  #ready: readonly Backend[] = [];

  constructor(options: ControllerOptions) {
    this.#options = options;
  }

  /** Brings the emulator and the cluster one step nearer to what the objects ask for. */
  async reconcile(): Promise<void> {
    const { objects, balancers } = this.#options;
    const controller = await objects.controller();
    if (!controller) return;
    const [ingresses, services, ready] = await Promise.all([
      objects.ingresses(),
      objects.services(),
      objects.readyServices(),
    ]);
    this.#ready = ready;
    const stacks = loadBalancerStacks(ingresses, services, controller);
    if (stacks.length === 0) return;
    const allowed = controller.roleArn !== '' && (await balancers.roleExists(controller.roleArn));
    for (const stack of stacks) {
      try {
        if (!allowed)
          throw new Error(`the controller's role ${controller.roleArn || '(no annotation)'} cannot be assumed`);
        await this.#reconcileStack(stack, controller);
        this.#warned.delete(stack.name);
      } catch (error) {
        await this.#warn(stack, error instanceof Error ? error.message : String(error));
      }
    }
  }

  /** Stops listening; what stands in the emulator and the cluster stays, as it does when the real controller stops. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ frontend }) => frontend.stop()));
    this.#running.clear();
    await this.#publish();
  }

  async #reconcileStack(stack: LoadBalancerStack, controller: ControllerArguments): Promise<void> {
    const { objects, balancers, log } = this.#options;
    const members = [...stack.ingresses, ...stack.services];
    const live = members.filter((member) => !isGoing(member));
    if (live.length === 0) {
      await balancers.remove(stack);
      await this.#stopFrontend(stack.name);
      log(`load balancer ${stack.name} is gone`);
    } else {
      for (const member of live) await this.#hold(member, stack.finalizer);
      const hostname = await balancers.ensure(stack, controller);
      await this.#serve(stack, hostname);
      for (const member of live)
        if (member.status?.loadBalancer?.ingress?.[0]?.hostname !== hostname)
          await objects.setHostname(member, hostname);
    }
    for (const member of members.filter(isGoing))
      await objects.setFinalizers(
        member,
        (member.metadata?.finalizers ?? []).filter((name) => name !== stack.finalizer),
      );
  }

  async #hold(member: V1Ingress | V1Service, finalizer: string): Promise<void> {
    const finalizers = member.metadata?.finalizers ?? [];
    if (!finalizers.includes(finalizer)) await this.#options.objects.setFinalizers(member, [...finalizers, finalizer]);
  }

  async #serve(stack: LoadBalancerStack, hostname: string): Promise<void> {
    const { authority, balancers, target, log } = this.#options;
    this.#ingresses.set(
      stack.name,
      stack.ingresses.filter((ingress) => !isGoing(ingress)),
    );
    const shape = JSON.stringify([hostname, stack.listeners, stack.certificateArns]);
    if (this.#running.get(stack.name)?.shape === shape) return;
    await this.#running.get(stack.name)?.frontend.stop();
    const names = await Promise.all(stack.certificateArns.map((arn) => balancers.certificateNames(arn)));
    const frontend = await startFrontend({
      hostname,
      listeners: stack.listeners,
      certificateNames: names.flat(),
      authority,
      target,
      route: (host, path) => routeRequest(this.#ingresses.get(stack.name) ?? [], host, path),
      ready: (backend) =>
        this.#ready.some(({ namespace, service }) => namespace === backend.namespace && service === backend.service),
    });
    this.#running.set(stack.name, { hostname, frontend, shape });
    log(`load balancer ${hostname} listens on ${frontend.address}, ports ${JSON.stringify(frontend.ports)}`);
    await this.#publish();
  }

  async #stopFrontend(name: string): Promise<void> {
    await this.#running.get(name)?.frontend.stop();
    this.#running.delete(name);
    this.#ingresses.delete(name);
    await this.#publish();
  }

  #publish(): Promise<void> {
    return this.#options.publish(
      Object.fromEntries(
        [...this.#running.values()].map(({ hostname, frontend: { address, ports } }) => [hostname, { address, ports }]),
      ),
    );
  }

  /** Says what is wrong once, as an event on the object, where a person looks for it. */
  async #warn(stack: LoadBalancerStack, message: string): Promise<void> {
    if (this.#warned.get(stack.name) === message) return;
    this.#warned.set(stack.name, message);
    this.#options.log(`load balancer ${stack.name}: ${message}`);
    const member = [...stack.ingresses, ...stack.services][0];
    if (member) await this.#options.objects.warn(member, message);
  }
}

/** Deleted, or no longer meant to have a load balancer. */
function isGoing(object: V1Ingress | V1Service): boolean {
  const spec = object.spec;
  const noLonger = spec !== undefined && 'type' in spec && spec.type !== 'LoadBalancer';
  return object.metadata?.deletionTimestamp !== undefined || noLonger;
}

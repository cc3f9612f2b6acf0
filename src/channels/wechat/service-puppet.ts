import { promisify } from 'node:util';
import type { FileBoxInterface } from 'file-box';
import { puppet as protocol } from 'wechaty-grpc';
import { PuppetService } from 'wechaty-puppet-service';
import { explain } from './faults.ts';
import type { Location } from './puppet.ts';

/**
 * The puppet that speaks gRPC to a puppet service (1.19.9), with six of its habits put right:
 * - it keeps everybody's names, aliases and phone numbers in files under the home folder, for ever: here, nothing;
 * - an event stream that ends without an error goes unnoticed: here it is told ({@link onBroken});
 * - a start that failed is known at once, but its promise takes five seconds more: likewise;
 * - a file that can't be had is asked for once more in a way that no server answers any longer, and waited for without
 *   end: here it fails at once;
 * - a received location arrives as zeros, because the message object is copied instead of its fields;
 * - letting go of a dead one takes seconds and may reach, and stop, the server that came after: {@link sever}.
 */
export class ServicePuppet extends PuppetService {
  /** Called when the line is found dead, with a reason fit for a log. */
  onBroken: (reason: string) => void = () => {};

  override async onStart(): Promise<void> {
    try {
      await super.onStart();
    } catch (fault) {
      const prefixless = fault instanceof Error && fault.message.includes('requires a SNI');
      this.onBroken(prefixless ? 'the token needs a prefix, such as insecure_' : explain(fault));
      throw fault;
    }
  }

  protected override hookPayloadStore(): void {
    // No files: what is kept in memory while connected is enough.
  }

  protected override bridgeGrpcEventStream(client: PuppetService['grpcManager']): void {
    super.bridgeGrpcEventStream(client);
    client.once('status', (status: { code?: number } | undefined) => {
      this.onBroken(status?.code ? explain(status) : 'puppet service: the event stream ended');
    });
  }

  override async messageImage(id: string, size: number): Promise<FileBoxInterface> {
    const request = new protocol.MessageImageRequest();
    request.setId(id);
    request.setType(size as Parameters<typeof request.setType>[0]);
    const { client } = this.grpcManager;
    return this.fileOf(await promisify(client.messageImage.bind(client, request))());
  }

  override async messageFile(id: string): Promise<FileBoxInterface> {
    const request = new protocol.MessageFileRequest();
    request.setId(id);
    const { client } = this.grpcManager;
    return this.fileOf(await promisify(client.messageFile.bind(client, request))());
  }

  private fileOf(response: { getFileBox(): string } | undefined): FileBoxInterface {
    const json = response?.getFileBox();
    if (!json) throw new Error('the puppet service answered without a file');
    return this.FileBoxUuid.fromJSON(json);
  }

  override async messageLocation(id: string): Promise<Location> {
    const request = new protocol.MessageLocationRequest();
    request.setId(id);
    const { client } = this.grpcManager;
    const response = await promisify(client.messageLocation.bind(client, request))();
    const location = response?.getLocation()?.toObject();
    if (location === undefined) throw new Error('the puppet service answered without a location');
    return location;
  }

  /** Closes the line at once; calls under way fail, and none can be made any more. */
  sever(): void {
    try {
      this._grpcManager?.client.close();
    } catch {
      // There was no line.
    }
  }
}

export default ServicePuppet;

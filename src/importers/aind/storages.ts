import type { Context } from './context';
import type { Facts } from './facts';
import { fitTo } from '../lengths';

/**
 * Adds the storage that a record's location names, one for each bucket or folder: `s3://bucket/name` lies in `s3://bucket`
 * under the name `name`. Gives both; null where the record states none.
 */
export function mapStorage(envelope: Facts, context: Context): { storage: string; name: string } | null {
  const location = envelope.text('location');
  if (location === null) return null;
  const parts = location.match(/^([a-z][a-z0-9+.-]*):\/\/(.+)\/([^/]+)\/?$/i);
  if (!parts) {
    context.report.add('NOT_UNDERSTOOD', 'a location is no address of a folder in a storage', envelope.place, location);
    envelope.unread('location');
    return null;
  }
  const [, protocol = '', base = '', name = ''] = parts;
  const path = `${protocol}://${base}`;
  const storage = `storage:${path}`;
  const shown = fitTo(base, 100, 'storage name', 'the key', { report: context.report, place: envelope.place });
  const isAmazon = protocol.toLowerCase() === 's3';
  const assumed = {
    name: shown,
    location: isAmazon ? 'Amazon S3' : null,
    description: `The files under ${path}.`,
    organization: ['SESSIONS'],
  };
  context.tree.put('DataStorage', storage, {}, envelope.place, assumed);
  const protocolFields = { dataStorage: storage, protocol: protocol.toLowerCase(), path, order: 0 };
  context.tree.put('DataStorageProtocol', `protocol:${path}`, protocolFields, envelope.place);
  return { storage, name };
}

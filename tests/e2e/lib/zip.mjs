// A zip as GitHub's upload-artifact writes it: deflated, sizes in data descriptors after the data.
import { deflateRawSync } from "node:zlib";

/** The bytes of a zip with these files: `{ "path/in.zip": bytes }`. */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const path = Buffer.from(name);
    const data = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // Version needed.
    common.writeUInt16LE(0x0808, 2); // Sizes follow the data; the name is UTF-8.
    common.writeUInt16LE(8, 4); // Deflated.
    common.writeUInt16LE(0x5a21, 8); // A date that is valid.
    common.writeUInt16LE(path.length, 22);

    const local = [Buffer.from("PK\x03\x04"), common, path, data];
    const descriptor = Buffer.alloc(16);
    descriptor.write("PK\x07\x08", "latin1");
    descriptor.writeUInt32LE(crc32(bytes), 4);
    descriptor.writeUInt32LE(data.length, 8);
    descriptor.writeUInt32LE(bytes.length, 12);
    parts.push(...local, descriptor);

    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", "latin1");
    entry.writeUInt16LE(0x0314, 4); // Made by Unix.
    common.copy(entry, 6, 0, 26);
    descriptor.copy(entry, 16, 4, 16);
    entry.writeUInt32LE(0o100644 * 0x10000, 38);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, path);
    offset += Buffer.concat(local).length + descriptor.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

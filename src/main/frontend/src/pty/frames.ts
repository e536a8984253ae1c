/** Data frames of `cockpit.pty.v1`: the big-endian offset of the first byte, then the bytes. */

const HEADER_BYTES = 8;
export const MAX_DATA_BYTES = 65_536;

export interface DataFrame {
  offset: number;
  bytes: Uint8Array;
}

export function encodeData({ offset, bytes }: DataFrame): ArrayBuffer {
  const frame = new ArrayBuffer(HEADER_BYTES + bytes.length);
  new DataView(frame).setBigUint64(0, BigInt(offset));
  new Uint8Array(frame, HEADER_BYTES).set(bytes);
  return frame;
}

export function decodeData(frame: ArrayBuffer): DataFrame {
  return {
    offset: Number(new DataView(frame).getBigUint64(0)),
    bytes: new Uint8Array(frame, HEADER_BYTES),
  };
}

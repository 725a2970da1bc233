import { hashBytes, hashEventId } from './hash-event-id.js';

const largestBlock = 1024;

interface Block {
  readonly ids: string[];
  /** Their hashes, made when a checkpoint first asks for them. */
  readonly hashes: DataView<ArrayBuffer>;
  hashed: number;
}

interface RestoredBlock {
  readonly encoded: string;
  readonly hashes: readonly bigint[];
}

/**
 * Remembers the last event ids, at least as many as asked for, to leave out those that come again.
 *
 * Ids are compared as they are; those that come from a checkpoint are known by their hashes.
 */
export class SeenEvents {
  readonly #size: number;
  readonly #blockSize: number;
  readonly #ids = new Set<string>();
  readonly #restoredHashes = new Set<bigint>();
  readonly #scratch = new DataView(new ArrayBuffer(hashBytes));
  // Forgotten block by block, oldest first: the restored ones, then these.
  #restored: readonly RestoredBlock[];
  #blocks: readonly Block[];
  #open: Block;
  #count = 0;

  constructor(size: number, restored: readonly string[] = []) {
    this.#size = size;
    this.#blockSize = Math.min(largestBlock, Math.max(1, size >> 3));
    this.#restored = restored.map((encoded) => ({ encoded, hashes: decode(encoded) }));
    for (const { hashes } of this.#restored) {
      this.#count += hashes.length;
      for (const hash of hashes) this.#restoredHashes.add(hash);
    }
    this.#open = this.#newBlock();
    this.#blocks = [this.#open];
  }

  /** Remembers an id. False when it was there already. */
  add(id: string): boolean {
    if (this.#restoredHashes.size > 0 && this.#restoredHashes.has(this.#hashOf(id))) return false;
    const before = this.#ids.size;
    this.#ids.add(id);
    if (this.#ids.size === before) return false;
    this.#open.ids.push(id);
    this.#count++;
    if (this.#open.ids.length === this.#blockSize) this.#startBlock();
    return true;
  }

  /** Takes note of what is remembered now. What it returns encodes that, whenever it is called. */
  snapshot(): () => string[] {
    const [restored, blocks] = [this.#restored, this.#blocks];
    const openLength = this.#open.ids.length;
    return () => {
      const last = blocks.length - 1;
      const own = blocks.map((block, index) => encode(block, index === last ? openLength : block.ids.length));
      return [...restored.map(({ encoded }) => encoded), ...own].filter((encoded) => encoded !== '');
    };
  }

  #startBlock(): void {
    this.#open = this.#newBlock();
    this.#blocks = [...this.#blocks, this.#open];
    for (;;) {
      const [oldest] = this.#restored;
      const length = oldest?.hashes.length ?? this.#blocks[0]?.ids.length ?? 0;
      if (this.#count - length < this.#size) return;
      this.#count -= length;
      if (oldest !== undefined) {
        for (const hash of oldest.hashes) this.#restoredHashes.delete(hash);
        this.#restored = this.#restored.slice(1);
      } else {
        for (const id of this.#blocks[0]?.ids ?? []) this.#ids.delete(id);
        this.#blocks = this.#blocks.slice(1);
      }
    }
  }

  #newBlock(): Block {
    return { ids: [], hashes: new DataView(new ArrayBuffer(this.#blockSize * hashBytes)), hashed: 0 };
  }

  #hashOf(id: string): bigint {
    hashEventId(id, this.#scratch, 0);
    return this.#scratch.getBigUint64(0, true);
  }
}

function encode(block: Block, length: number): string {
  for (; block.hashed < length; block.hashed++) {
    hashEventId(block.ids[block.hashed] ?? '', block.hashes, block.hashed * hashBytes);
  }
  return btoa(String.fromCharCode(...new Uint8Array(block.hashes.buffer, 0, length * hashBytes)));
}

function decode(encoded: string): bigint[] {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: Math.floor(bytes.length / hashBytes) }, (_, index) =>
    view.getBigUint64(index * hashBytes, true),
  );
}

/** An event in OCSF 1.5.0. Compare `class_uid` to know the rest. */
export interface OcsfEvent {
  readonly class_uid: number;
}

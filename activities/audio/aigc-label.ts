/**
 * China's rules ask that a file of synthesised sound says so in its metadata, in a field named `AIGC` (GB 45438-2025, appendices E and
 * F). The field names and `Label` values below are as commonly quoted from it; check them against the text of the standard before
 * relying on them.
 */
const GENERATED = '1'

/** Who made it and who hands it on: the same house, until somebody else publishes it. */
export const PRODUCER = 'AIMake'

/** Said in words too, for people who look into a file's comment. */
export const AIGC_COMMENT = '本内容由人工智能合成。 This audio was made with artificial intelligence (AIMake).'

/** The value of the `AIGC` field for what was made as `produceId`. The reserved codes are for a producer's own seals. */
export function aigcLabel(produceId: string): string {
  return JSON.stringify({
    Label: GENERATED,
    ContentProducer: PRODUCER,
    ProduceID: produceId,
    ReservedCode1: '',
    ContentPropagator: PRODUCER,
    PropagateID: produceId,
    ReservedCode2: '',
  })
}

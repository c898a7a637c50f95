#include "signing/verify/structure_fault_texts.h"

#include "core/texts/text.h"

namespace sohoa {

const char* wordsOf(SignatureFault fault) {
  switch (fault) {
    case SignatureFault::none:
      return "";
    case SignatureFault::notADictionary:
      return textId("The signature field does not hold a signature.");
    case SignatureFault::duplicateKey:
      return textId("The signature gives an entry twice, so that readers may see different ones.");
    case SignatureFault::byteRangeMissing:
      return textId("The signature does not say which bytes it covers.");
    case SignatureFault::byteRangePair:
    case SignatureFault::byteRangeForm:
      return textId("The signature says in a forbidden form which bytes it covers.");
    case SignatureFault::contentsMissing:
      return textId("The signature is empty.");
    case SignatureFault::contentsForm:
      return textId("The signature value is not written in the form required.");
    case SignatureFault::gap:
      return textId("The signature leaves out more than its own value.");
    case SignatureFault::beyondFile:
      return textId("The signature covers bytes that the file does not have.");
    case SignatureFault::notARevision:
      return textId("The signature does not cover a complete revision of the file.");
    case SignatureFault::revisionReplaced:
      return textId("What was signed depends on bytes that the signature does not cover.");
    case SignatureFault::changedSince:
      return textId("The signature or its field was changed after signing.");
    case SignatureFault::sharedDictionary:
      return textId("Two fields show the same signature.");
    case SignatureFault::sharedName:
      return textId("Two signature fields have the same name.");
    case SignatureFault::overlap:
      return textId("The signature covers another signature only in part.");
    case SignatureFault::orphan:
      return textId("The file holds a signature that no field shows.");
  }
  return "";
}

bool canBeHashed(SignatureFault fault) {
  return fault == SignatureFault::none || fault == SignatureFault::notARevision ||
         fault == SignatureFault::byteRangePair || fault == SignatureFault::revisionReplaced ||
         fault == SignatureFault::gap || fault == SignatureFault::changedSince ||
         fault == SignatureFault::sharedDictionary || fault == SignatureFault::sharedName ||
         fault == SignatureFault::overlap;
}

}  // namespace sohoa

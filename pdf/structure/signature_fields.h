#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// How much of the file a signature's byte range covers.
enum class ByteCoverage {
  whole,      ///< everything up to the end of the file but its own /Contents
  revision,   ///< everything up to the end of an earlier revision
  anomalous,  ///< anything else
};

/// A structural fault that no honest signer makes.
enum class SignatureFault {
  none,
  notADictionary,    ///< /V leads to something else, or into an object stream
  duplicateKey,      ///< a key given twice: two readers may see two signatures
  byteRangeMissing,  ///< no /ByteRange
  byteRangePair,     ///< only one pair, from 0: the bytes after it are not covered
  byteRangeForm,     ///< not four direct non-negative integers that start at 0
  contentsMissing,   ///< no /Contents, or an empty one
  contentsForm,      ///< /Contents is not a direct hexadecimal string
  gap,               ///< the gap is not exactly this signature's own /Contents
  beyondFile,        ///< the byte range reaches beyond the file
  notARevision,      ///< the byte range does not end where a revision ends
  revisionReplaced,  ///< signed cross-references point outside, or newer ones inside, the range
  changedSince,      ///< field or dictionary differ between the signed revision and the file
  sharedDictionary,  ///< two fields show one signature dictionary
  sharedName,        ///< two fields have one name
  overlap,           ///< overlaps another signature's /Contents
  orphan,            ///< a signature dictionary that no field shows
};

struct SignatureField {
  std::string name;       ///< fully qualified, UTF-8 (12.7.3.2)
  PdfRef field;           ///< 0 0: the field is no indirect object
  PdfValue fieldValue;    ///< the terminal field's dictionary
  bool filled = false;    ///< has a value
  bool unlisted = false;  ///< only a page shows it; the form does not list it
  PdfValue dictionary;    ///< the signature dictionary; valid when `filled`
  std::array<std::uint64_t, 4> byteRange{};
  std::string_view contentsHex;  ///< digits of /Contents as they stand in the file
  std::string contents;          ///< decoded, with its padding
  ByteCoverage coverage = ByteCoverage::anomalous;
  std::size_t section = 0;  ///< the signed revision, when coverage is not anomalous
  SignatureFault fault = SignatureFault::none;
};

/// Every signature field of the document in the order of the form, then those that only pages show,
/// then orphans: dictionaries with a /ByteRange that no field shows. Structure only; nothing is
/// hashed. Throws PdfSyntaxError when the form itself cannot be read.
std::vector<SignatureField> readSignatureFields(const PdfRevisions& file);

}  // namespace sohoa

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/document_fields.h"
#include "core/reading.h"
#include "core/record.h"
#include "core/result.h"

namespace sohoa {

/// The fields of a dossier's document as they will be filed, and the problems that a person must
/// settle first.
struct FieldJudgement {
  FieldMap fields;                          ///< of the main document, each with its source
  std::vector<DocumentFields> attachments;  ///< further papers among the pages
  /// Causes fieldByHand (nothing known of a number or day) and fieldContradiction; the item is the
  /// field's name, the detail says what was read, with what confidence, and what the register has.
  std::vector<ItemError> problems;
  bool missesByHand = false;  ///< a number or day that was filled in by hand is not known
};

/// Compares the pages with the register. What a person keyed in wins over both, the register over
/// an empty slot or one filled by hand; nothing is guessed from handwriting. `pages` are the
/// readings in the order of the document, empty ones where there is none.
FieldJudgement judgeFields(const std::vector<PageReading>& pages, const std::string& dossierCode,
                           const std::optional<RegisterRow>& registered, const FieldMap& keyed);

/// "QUYẾT ĐỊNH 1234/QĐ-STNMT: Về việc …"; empty when neither type nor abstract is known.
std::string titleOf(const FieldMap& fields);

/// A value as a person keys it in, made canonical: days as 2021-09-10 (10/9/2021 is taken, too),
/// numbers without spaces; nothing when it is none of its field's kind, or no such field exists.
std::optional<std::string> canonicalField(std::string_view name, const std::string& value);

}  // namespace sohoa

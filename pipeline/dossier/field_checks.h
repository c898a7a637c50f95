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
  /// Causes fieldByHand (a number or date is unknown) and fieldContradiction. The item is the
  /// field's name; the detail gives the value read, its confidence, and the register's value.
  std::vector<ItemError> problems;
  bool missesByHand = false;  ///< a number or date filled in by hand is unknown
};

/// Compares the pages with the register. A keyed-in value takes precedence over both; the
/// register's value replaces an empty slot or one filled by hand. Handwriting is never guessed.
/// `pages` are the readings in document order, empty where there is none.
FieldJudgement judgeFields(const std::vector<PageReading>& pages, const std::string& dossierCode,
                           const std::optional<RegisterRow>& registered, const FieldMap& keyed);

/// Title such as "QUYẾT ĐỊNH 1234/QĐ-STNMT: Về việc …"; empty when neither type nor abstract is
/// known.
std::string titleOf(const FieldMap& fields);

/// Converts a value keyed in by a person to canonical form: dates as 2021-09-10 (10/9/2021 is
/// accepted), numbers without spaces. Returns nothing when the value does not suit the field, or no
/// such field exists.
std::optional<std::string> canonicalField(std::string_view name, const std::string& value);

}  // namespace sohoa

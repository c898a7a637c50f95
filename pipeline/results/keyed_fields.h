#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/record.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// Whether fields may be keyed in after filing: `code` is a digitised result, or a dossier, which
/// stands for its digitised document. Throws BatchError(repositoryDamaged).
bool isFiledAndDigitised(const Site& site, const std::string& code);

struct KeyedIn {
  std::string dossier;
  int version = 0;               ///< new version of the dossier
  bool changed = false;          ///< false: the values were already there
  std::string notCountedReason;  ///< empty: the dossier now counts as digitised
};

/// Keys fields into a dossier that is already filed (`file_by_hand = true`): commits a new version
/// in which only metadata.json differs, then updates the catalogue row, then writes a ledger entry
/// `review.corrected` for each field with old and new value, person and reason, and
/// `dossier.counted` when nothing is missing any more. The signed PDF is not changed. The error is
/// the name of an unknown field or of one with an unsuitable value; nothing is changed then. Throws
/// BatchError.
std::variant<KeyedIn, std::string> keyIntoFiled(const Site& site, const std::string& code,
                                                const std::map<std::string, std::string>& values,
                                                const std::string& person,
                                                const std::string& reason);

/// Sets canonical values in the document; the dossier counts once no number or date is missing.
/// Returns whether anything changed.
bool putIn(DossierRecord& record, DocumentRecord& document,
           const std::map<std::string, std::string>& values, const std::string& person,
           const std::string& reason);

/// A field that a person keyed in between two versions: name, old and new value.
struct KeyedDifference {
  std::string field, before, now;
};
std::vector<KeyedDifference> keyedDifferences(const DocumentRecord& before,
                                              const DocumentRecord& now);

}  // namespace sohoa

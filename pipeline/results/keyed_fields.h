#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/record.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A result whose fields a person may key in after filing: `code` is a result's or a dossier's; of
/// a dossier the document that was digitised here. Throws BatchError(repositoryDamaged).
bool isFiledAndDigitised(const Site& site, const std::string& code);

struct KeyedIn {
  std::string dossier;
  int version = 0;               ///< of the dossier now
  bool changed = false;          ///< false: the values were there already
  std::string notCountedReason;  ///< empty: the dossier counts as digitised now
};

/// Keys fields into a dossier that is filed already (`file_by_hand = true`): a new version in which
/// only metadata.json differs, then the catalogue's row, then a ledger entry `review.corrected` for
/// each field with old and new value, who and why, and `dossier.counted` when nothing is missing
/// any more. The signed PDF stays as it is. A name that is no field, or a value not of its kind, is
/// the error (its name), and nothing is done. Throws BatchError.
std::variant<KeyedIn, std::string> keyIntoFiled(const Site& site, const std::string& code,
                                                const std::map<std::string, std::string>& values,
                                                const std::string& person,
                                                const std::string& reason);

/// Puts values (canonical) into the document; the dossier counts once no number or day is missing.
/// True when anything changed.
bool putIn(DossierRecord& record, DocumentRecord& document,
           const std::map<std::string, std::string>& values, const std::string& person,
           const std::string& reason);

/// Fields of a document that a person keyed in between two versions: (name, old and new value).
struct KeyedDifference {
  std::string field, before, now;
};
std::vector<KeyedDifference> keyedDifferences(const DocumentRecord& before,
                                              const DocumentRecord& now);

}  // namespace sohoa

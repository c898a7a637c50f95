#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/record.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// One row of the table that maps our values to the fields an archive asks for (fonds, dossier or
/// document), with type and length.
struct ArchiveField {
  enum class Level { fonds, dossier, document } level = Level::dossier;
  enum class Type { text, number, date } type = Type::text;
  std::string key;         ///< "FileCode"
  std::string label;       ///< "Mã hồ sơ"
  std::string from;        ///< template with {names} of our values, see pipeline/README.md
  std::size_t length = 0;  ///< maximum number of code points; 0: no limit
  bool required = false;
};

/// The built-in table: TT 02/2019/TT-BNV, as far as known. (Lengths are configuration, because the
/// circular's own table could not be read in full.)
std::string builtInArchiveFields();
/// Loads the site's table (`archive.fields`, TOML) or the built-in one. Throws
/// BatchError(siteConfig) naming the row.
std::vector<ArchiveField> loadArchiveFields(const Site& site);

struct ArchiveValue {
  std::string key, label, value;
};
struct ArchiveProblem {
  std::string where;  ///< dossier or document code
  std::string key;
  std::string what;  ///< English, a tr() message id
  std::string value;
};
struct ArchiveDescription {
  std::vector<ArchiveValue> fonds, dossier;
  std::vector<std::pair<std::string, std::vector<ArchiveValue>>> documents;  ///< by document code
  /// too long, missing, or of another type; values are not cut
  std::vector<ArchiveProblem> problems;
};
ArchiveDescription describeForArchive(const Config& config, const std::vector<ArchiveField>& fields,
                                      const DossierRecord& record);

}  // namespace sohoa

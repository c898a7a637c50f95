#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/site/site.h"
#include "storage/catalogue/catalogue.h"
#include "storage/register/register.h"

namespace sohoa {

struct RegisterImportOptions {
  std::string person;   ///< the person who imports
  bool dryRun = false;  ///< only report what would change
  RegisterOptions reading;
};

/// Callbacks during the import; any may be empty.
struct RegisterImportListener {
  RegisterReader::Witness problem;  ///< a row that is skipped
  std::function<void(const RegisterRow& before, const RegisterRow& after)> updated;
  std::function<void(const RegisterRow& row)> added;
};

struct RegisterImport {
  RegisterChange change;
  std::int64_t leftOut = 0;   ///< skipped rows: faulty, or with the code of an earlier row
  std::int64_t excluded = 0;  ///< of the rows taken: marked not to be digitised
  std::string sheet;          ///< of a workbook: the sheet that was read
  std::vector<std::string> otherSheets;  ///< visible sheets of the workbook that were not read
  int version = 0;  ///< of the register's object; unchanged when nothing changed
};

/// The reading options of section [register] of sohoa.toml.
RegisterOptions registerOptions(const RegisterConfig& config);

/// Merges a register file into the repository, then the catalogue, then the ledger, which gets an
/// entry for every changed row and a summary. Rows are added or updated, never removed; columns
/// missing in the file keep their values. Needs little memory, whatever the file's size. Throws
/// BatchError.
RegisterImport importRegister(const Site& site, const std::filesystem::path& file,
                              const RegisterImportOptions& options,
                              const RegisterImportListener& listener = {});

}  // namespace sohoa

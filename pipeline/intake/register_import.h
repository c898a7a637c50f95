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
  std::string person;   ///< who imports it
  bool dryRun = false;  ///< only tell what would change
  RegisterOptions reading;
};

/// Told while the import goes on; any may be empty.
struct RegisterImportListener {
  RegisterReader::Witness problem;  ///< a row that is left out
  std::function<void(const RegisterRow& before, const RegisterRow& after)> updated;
  std::function<void(const RegisterRow& row)> added;
};

struct RegisterImport {
  RegisterChange change;
  std::int64_t leftOut = 0;              ///< rows with a fault, or with the code of an earlier one
  std::int64_t excluded = 0;             ///< of the rows taken: not to be digitised
  std::string sheet;                     ///< of a workbook: the sheet that was read
  std::vector<std::string> otherSheets;  ///< … and those that were not, though they are not hidden
  int version = 0;  ///< of the register's object; as before when nothing changed
};

/// Reading as sohoa.toml says, section [register].
RegisterOptions registerOptions(const RegisterConfig& config);

/// Merges a register file into the register: first into the repository, then into the catalogue,
/// then into the ledger, which gets what became of every row that changed, and a summary. Rows are
/// added or updated, never removed; what the file has no column for stays. Whatever its size, it is
/// done in little memory. Throws BatchError.
RegisterImport importRegister(const Site& site, const std::filesystem::path& file,
                              const RegisterImportOptions& options,
                              const RegisterImportListener& listener = {});

}  // namespace sohoa

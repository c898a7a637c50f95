#pragma once

#include <filesystem>
#include <vector>

#include "pipeline/site.h"
#include "storage/catalogue.h"
#include "storage/register.h"

namespace sohoa {

struct RegisterImport {
  RegisterChange change;
  std::vector<RegisterProblem> problems;
};

/// Merges a register file into the register: first into the repository, then into the catalogue, then
/// a ledger entry. Rows are added or updated, never removed. Throws BatchError.
RegisterImport importRegister(const Site& site, const std::filesystem::path& file);

}  // namespace sohoa

#pragma once

#include <string>
#include <vector>

#include "core/record.h"
#include "core/result.h"

namespace sohoa {

struct RegisterProblem {
  int line = 0;      ///< from 1, the header is line 1
  std::string what;  ///< English, a tr() message id
  std::string value;
};

struct RegisterFile {
  std::vector<RegisterRow> rows;
  std::vector<RegisterProblem> problems;  ///< rows left out, with the reason
};

/// Reads the one-stop register's CSV (UTF-8 with or without BOM; ',' ';' or tab; header row names
/// the columns in any order). Required: dossier_code, received_on. Throws
/// BatchError(registerFormat) when it is no such file at all.
RegisterFile readRegisterCsv(const std::string& bytes);
/// Canonical CSV of rows (sorted by code), as kept in the repository.
std::string writeRegisterCsv(const std::vector<RegisterRow>& rows);

}  // namespace sohoa

#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/record.h"
#include "core/result.h"
#include "core/texts/text.h"
#include "storage/register/register_columns.h"
#include "storage/text/text_decoder.h"

namespace sohoa {

struct RegisterProblem {
  int line = 0;      ///< from 1 (of a sheet: the row)
  std::string what;  ///< English, a tr() message id
  std::string value;
};

/// Of a row whose code another row of the file has, with other values: the first one counts.
inline constexpr const char* kSameCodeOtherContent =
    textId("this dossier code stands in an earlier row with other content");

struct RegisterOptions {
  TextEncoding encoding = TextEncoding::utf8;  ///< of a CSV file
  /// Of a workbook; empty: the first one that is not hidden and has the headings.
  std::string sheet;
  std::map<std::string, std::string> columns;  ///< our name of a column -> its heading in the file
};

/// Reads a register file row by row, holding a few hundred at a time: CSV (UTF-8 with or without
/// BOM, or Windows-1258; ',' ';' or tab) or XLSX. The headings may stand below a title, in any
/// order; dossier_code and received_on are required. Every function throws
/// BatchError(registerFormat) when it is no such file at all, EncodingError when it is not UTF-8.
class RegisterReader {
 public:
  RegisterReader(const std::filesystem::path& file, RegisterOptions options);
  ~RegisterReader();
  RegisterReader(RegisterReader&&) noexcept;

  struct Row {
    RegisterRow row;
    int line = 0;
  };
  using Witness = std::function<void(RegisterProblem)>;
  /// Returns the next usable row; reports the unusable rows before it to `problem`.
  std::optional<Row> next(const Witness& problem = {});
  /// The columns that the file has; known once next() has been called.
  RegisterColumns columns() const;
  /// Of a workbook, known once next() has been called: the sheet that is read, and those that are
  /// not, though they are not hidden.
  const std::string& sheet() const;
  const std::vector<std::string>& otherSheets() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct RegisterFile {
  std::vector<RegisterRow> rows;
  std::vector<RegisterProblem> problems;  ///< rows left out, with the reason
};
/// What a reader gives, in memory; of rows with one code the first counts.
RegisterFile readRegister(const std::filesystem::path& file, const RegisterOptions& options = {});

/// The first line of register.csv as it is kept in the repository, and the line of a row.
std::string registerCsvHeader();
std::string registerCsvLine(const RegisterRow& row);
/// Canonical CSV of rows (sorted by code), as kept in the repository.
std::string writeRegisterCsv(const std::vector<RegisterRow>& rows);

}  // namespace sohoa

#pragma once

#include <array>
#include <bitset>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace sohoa {

enum class RegisterColumn {
  code,
  procedureCode,
  procedureName,
  unit,
  receivedOn,
  resolvedOn,
  medium,
  applicant,
  resultNumber,
  resultDate,
  excludedReason,
};
inline constexpr std::size_t kRegisterColumnCount = 11;
using RegisterColumns = std::bitset<kRegisterColumnCount>;

/// "dossier_code" …, as register.csv and sohoa.toml name it.
std::string_view nameOf(RegisterColumn column);
std::optional<RegisterColumn> registerColumnFrom(std::string_view name);
/// The column's value as text, as it stands in register.csv.
std::string valueOf(const RegisterRow& row, RegisterColumn column);
void forEachRegisterColumn(const auto& visit) {
  for (std::size_t i = 0; i < kRegisterColumnCount; ++i) visit(static_cast<RegisterColumn>(i));
}

/// Which column of a file is which of ours: by the headings that sohoa.toml gives, by our own names
/// or by what one-stop systems call them; case, diacritics and order do not matter.
class RegisterHeading {
 public:
  /// `given`: our name -> heading in the file. Throws BatchError(registerFormat) for a name that is
  /// none of ours.
  explicit RegisterHeading(const std::map<std::string, std::string>& given);
  /// True when the fields are the headings: dossier_code, received_on and all that was given are
  /// there. Throws BatchError(registerFormat) when one of ours stands there twice.
  bool recognise(const std::vector<std::string>& fields);
  /// Of the fields last looked at: the required column that they lack; empty when none.
  std::string_view lacking() const;
  RegisterColumns columns() const;
  /// The field of a column; empty when the file has no such column.
  std::string_view field(const std::vector<std::string>& fields, RegisterColumn column) const;

 private:
  std::array<std::vector<std::string>, kRegisterColumnCount> spellings_;  ///< folded
  std::array<int, kRegisterColumnCount> places_{};
  RegisterColumns required_;
};

/// Makes rows of fields.
class RegisterRowReader {
 public:
  /// `from1904`: numbers of days count from 1904.
  explicit RegisterRowReader(bool from1904 = false) : from1904_(from1904) {}
  struct Fault {
    const char* what = nullptr;  ///< English, a tr() message id
    std::string value;
  };
  /// The row, or what is wrong with it.
  std::optional<RegisterRow> read(const RegisterHeading& heading,
                                  const std::vector<std::string>& fields, Fault& fault);

 private:
  std::optional<Day> day(std::string_view text) const;
  /// Of words that come again and again.
  const std::optional<std::string>& word(std::map<std::string, std::optional<std::string>>& known,
                                         std::string_view text,
                                         std::optional<std::string> (*meaning)(std::string_view));
  bool from1904_;
  std::map<std::string, std::optional<std::string>> media_, reasons_;
};

}  // namespace sohoa

#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "storage/register/register.h"

namespace sohoa {

/// Goes through a register as it is, sorted by code, and through rows to come, sorted too, side by
/// side: what the register will be.
class RegisterMerge {
 public:
  using Source = std::function<std::optional<RegisterRow>()>;  ///< by code, each code once
  struct Row {
    std::optional<RegisterRow> before;  ///< nothing when it is new
    RegisterRow after;
    bool changed() const { return !before || *before != after; }
  };
  /// `known`: a register.csv as we write it, or nothing. `columns`: those that the coming rows say
  /// something about; of the others the known value stays.
  RegisterMerge(const std::optional<std::filesystem::path>& known, Source coming,
                RegisterColumns columns = RegisterColumns().set());
  /// Every row, by code.
  std::optional<Row> next();

 private:
  void readKnown();

  std::optional<RegisterReader> reader_;
  Source coming_;
  RegisterColumns columns_;
  std::optional<RegisterRow> known_, nextComing_;
  bool begun_ = false;
};

/// The rows of a register.csv, as a source.
RegisterMerge::Source rowsOf(const std::filesystem::path& registerCsv);

/// `unit: "A" -> "B"; …`: what became of a row.
std::string describeChange(const RegisterRow& before, const RegisterRow& after);

}  // namespace sohoa

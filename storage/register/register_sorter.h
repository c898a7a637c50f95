#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "storage/register/register.h"

namespace sohoa {

/// Sorts any number of rows by dossier code in little memory: what is more than a run lies in work
/// files meanwhile. Throws BatchError(diskFull | diskError).
class RegisterSorter {
 public:
  /// `folder` is made when it is needed, and removed at the end.
  explicit RegisterSorter(std::filesystem::path folder, std::size_t rowsInMemory = 50'000);
  ~RegisterSorter();
  RegisterSorter(const RegisterSorter&) = delete;
  RegisterSorter& operator=(const RegisterSorter&) = delete;

  void add(RegisterReader::Row row);
  /// Rows by code, those of one code in the order of their lines; after the last add().
  std::optional<RegisterReader::Row> next();

 private:
  class Run;
  void sortMemory();
  void spill();
  void begin();

  std::filesystem::path folder_;
  std::size_t most_, at_ = 0;
  std::vector<RegisterReader::Row> memory_;
  std::vector<std::unique_ptr<Run>> runs_;
  std::vector<Run*> heap_;
  bool begun_ = false;
};

}  // namespace sohoa

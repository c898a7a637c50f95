#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/register/register.h"

namespace sohoa {

/// One record of a register's file, not yet understood; `line` (of a workbook: row) from 1.
struct RegisterRecord {
  std::vector<std::string> fields;
  int line = 0;
};

/// The records of a file, some at a time.
class RegisterFileSource {
 public:
  virtual ~RegisterFileSource() = default;
  /// Adds the records that come next, perhaps none; false at the end. Throws
  /// BatchError(registerFormat) and EncodingError.
  virtual bool readOn(std::deque<RegisterRecord>& into) = 0;
  /// Whether days are counted from 1904.
  virtual bool from1904() const { return false; }
  /// Of a workbook: the sheets that may be meant, in their order.
  virtual std::vector<std::string> sheets() const { return {}; }
};

/// Of a CSV file or a workbook, as its first bytes say.
std::unique_ptr<RegisterFileSource> registerSource(const std::filesystem::path& file,
                                                   const RegisterOptions& options);

}  // namespace sohoa

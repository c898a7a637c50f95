#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"

namespace sohoa {

/// A file that failed a check, in the columns of the record of a database check in TT
/// 02/2019/TT-BNV: name, address, medium, folder path, reason, time found.
struct FaultyFile {
  std::string name;     ///< tên tệp
  std::string address;  ///< identifier of its object
  std::string medium;   ///< ký hiệu phương tiện lưu trữ
  std::string folder;   ///< path of its folder
  std::string reason;   ///< English, with the OCFL code
  Time foundAt{};
};

/// CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheet programs) with a header row.
std::string faultyFilesCsv(const std::vector<FaultyFile>& files);

}  // namespace sohoa

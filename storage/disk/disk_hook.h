#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace sohoa {

/// Called before every change that the repository makes to the disk, with a word for the change and
/// the path; what it throws comes out of commit() or open(). The seam for tests of crashes and
/// disk errors.
using DiskHook = std::function<void(std::string_view operation, const std::filesystem::path& path)>;

}  // namespace sohoa

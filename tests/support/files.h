#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace sohoa::test {

/// A new empty folder that goes away with the object (kept when SOHOA_KEEP_TEMP is set, for a look
/// at what a failed test left).
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// The top folder of the sources.
std::filesystem::path sourceFolder();
/// The top folder of the build, where programs are: buildFolder() / "pipeline/sohoa".
std::filesystem::path buildFolder();
/// Third-party test data: `name` in $SOHOA_FIXTURES or in ../shared/fixtures beside the checkout.
/// Nothing when it is not there; the test then says so with GTEST_SKIP() << noFixture(name).
std::optional<std::filesystem::path> fixture(const std::filesystem::path& name);
/// Where that test data was looked for, and who publishes it.
std::string noFixture(const std::filesystem::path& name);

/// Whole file as bytes; throws std::runtime_error naming the file.
std::string slurp(const std::filesystem::path& file);
/// Makes missing folders, replaces the file.
void spill(const std::filesystem::path& file, const std::string& bytes);

}  // namespace sohoa::test

#include "tests/support/files.h"

#include <gtest/gtest.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX, not in <cstdlib>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <system_error>

namespace sohoa::test {
namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::path(testing::TempDir()) / "sohoa-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "cannot make " + name);
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  if (std::getenv("SOHOA_KEEP_TEMP") != nullptr) {
    std::cerr << "kept: " << path_.string() << '\n';
    return;
  }
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

namespace {

/// Where third-party test data is looked for.
fs::path fixtures() {
  const char* given = std::getenv("SOHOA_FIXTURES");
  return given != nullptr ? fs::path(given) : sourceFolder().parent_path() / "shared" / "fixtures";
}

}  // namespace

fs::path sourceFolder() { return SOHOA_SOURCE_DIR; }
fs::path buildFolder() { return SOHOA_BINARY_DIR; }

std::optional<fs::path> fixture(const fs::path& name) {
  const fs::path found = fixtures() / name;
  if (!fs::exists(found)) return std::nullopt;
  return found;
}

std::string noFixture(const fs::path& name) {
  static const std::map<std::string, std::string> kFrom = {
      {"ocfl-1.1", "the folder 1.1 of github.com/OCFL/fixtures"},
      {"schemas",
       "schemas of ALTO (github.com/altoxml/schema), METS and PREMIS (www.loc.gov/standards) and "
       "ETSI TS 119 102-2, with a catalog.xml for offline use"},
      {"signed-pdf",
       "signed PDFs from the tests of pyHanko (github.com/MatthiasValvekens/pyHanko) and of EU DSS "
       "(github.com/esig/dss), with a table of what is expected"}};
  const auto from = kFrom.find(name.begin()->string());
  return name.string() + " is not in " + fixtures().string() + " (third-party test data, " +
         (from == kFrom.end() ? "of an unknown source" : from->second) +
         "); set SOHOA_FIXTURES to the folder that holds it";
}

std::string slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file)) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

void spill(const fs::path& file, const std::string& bytes) {
  if (file.has_parent_path()) fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace sohoa::test

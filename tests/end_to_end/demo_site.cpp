#include "tests/end_to_end/demo_site.h"

#include <sstream>
#include <stdexcept>

#include "core/digest.h"

namespace sohoa::test {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

void require(const CommandResult& result) {
  if (!result.ok()) throw std::runtime_error(result.describe());
}

struct Night {
  DemoSite site;
  CommandResult run;
  Night() {
    site.importRegister();
    site.drop("2021-09-10-tang2");
    run = site.sohoa({"--json", "run"});
  }
};

const Night& night() {
  static const Night made;
  return made;
}

}  // namespace

DemoSite::DemoSite() {
  require(runCommand({program().string(), "init", path().string(), "--demo"}));
}

DemoSite::DemoSite(const DemoSite& other, std::string_view) {
  fs::copy(other.path(), path(), fs::copy_options::recursive);
}

fs::path DemoSite::program() { return buildFolder() / "pipeline/sohoa"; }

std::vector<std::string> DemoSite::command(std::vector<std::string> arguments) const {
  std::vector<std::string> all = {program().string(), "--site", path().string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

CommandResult DemoSite::sohoa(std::vector<std::string> arguments) const {
  CommandOptions options;
  options.env["SOHOA_CLOCK"] = "2021-09-10T22:00:00+07:00";
  return runCommand(command(std::move(arguments)), options);
}

void DemoSite::drop(const std::string& batch, const std::set<std::string>& dossiers) const {
  const fs::path to = path() / "intake" / batch;
  fs::create_directories(to);
  for (const auto& shelf : fs::directory_iterator(sourceFolder() / "samples/intake")) {
    for (const auto& dossier : fs::directory_iterator(shelf.path())) {
      const std::string code = dossier.path().filename().string();
      if (!dossier.is_directory() || (!dossiers.empty() && !dossiers.contains(code))) continue;
      fs::copy(dossier.path(), to / code, fs::copy_options::recursive);
    }
  }
  spill(to / ".done", "");
}

void DemoSite::importRegister() const {
  require(sohoa({"register", "import", (sourceFolder() / "samples/register.csv").string()}));
}

std::map<std::string, fs::path> DemoSite::files(const std::string& dossier) const {
  const std::string id = "urn:sohoa:dossier:" + dossier;
  for (const auto& entry : fs::recursive_directory_iterator(repository())) {
    if (entry.path().filename() != "0=ocfl_object_1.1") continue;
    const fs::path object = entry.path().parent_path();
    const json inventory = json::parse(slurp(object / "inventory.json"));
    if (inventory.at("id") != id) continue;
    std::map<std::string, fs::path> found;
    const std::string head = inventory.at("head");
    for (const auto& [digest, logical] : inventory.at("versions").at(head).at("state").items()) {
      for (const std::string name : logical) {
        found[name] = object / inventory.at("manifest").at(digest).at(0).get<std::string>();
      }
    }
    return found;
  }
  return {};
}

std::map<std::string, std::string> DemoSite::tree(const std::string& below) const {
  std::map<std::string, std::string> files;
  const fs::path root = path() / below;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string name = entry.path().lexically_relative(root).string();
    files[name] = entry.is_regular_file() ? sha512OfFile(entry.path()).hex() : "folder";
  }
  return files;
}

std::vector<json> jsonLines(const std::string& output) {
  std::vector<json> values;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) values.push_back(json::parse(line));
  return values;
}

std::map<std::string, json> sampleTruth() {
  std::map<std::string, json> truth;
  for (const auto& entry : fs::directory_iterator(sourceFolder() / "samples/truth")) {
    truth[entry.path().stem().string()] = json::parse(slurp(entry.path()));
  }
  return truth;
}

const DemoSite& finishedNight() { return night().site; }
const CommandResult& finishedNightRun() { return night().run; }

}  // namespace sohoa::test

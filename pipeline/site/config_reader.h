#pragma once

#include <fmt/core.h>

#include <toml++/toml.h>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/result.h"

namespace sohoa {

/// Reports an error in sohoa.toml: throws BatchError(siteConfig).
[[noreturn]] inline void refuse(const std::string& detail) {
  throw BatchError(Cause::siteConfig, detail);
}

/// Reads keys and records them as known, so that a misspelt key is an error and not a silent
/// default.
class ConfigReader {
 public:
  explicit ConfigReader(const toml::table& root) : root_(root) {}

  template <class T>
  void read(std::string_view section, std::string_view key, T& into) {
    known_.insert(fmt::format("{}.{}", section, key));
    const auto node = root_[section][key];
    if (!node) return;
    if constexpr (std::is_same_v<T, std::filesystem::path>) {
      std::string text = into.string();
      assign(section, key, node.value<std::string>(), text);
      into = text;
    } else {
      assign(section, key, node.template value<T>(), into);
    }
  }

  /// Reads a key above the first section.
  void read(std::string_view key, std::string& into) {
    known_.insert(std::string(key));
    const auto node = root_[key];
    if (node) assign("", key, node.value<std::string>(), into);
  }

  void readList(std::string_view section, std::string_view key, std::vector<std::string>& into) {
    known_.insert(fmt::format("{}.{}", section, key));
    const auto node = root_[section][key];
    if (!node) return;
    const toml::array* list = node.as_array();
    if (list == nullptr) refuse(fmt::format("'{}.{}' is not a list", section, key));
    for (const auto& item : *list) {
      const auto text = item.value<std::string>();
      if (!text) refuse(fmt::format("'{}.{}' holds something else than text", section, key));
      into.push_back(*text);
    }
  }

  /// Reads a table of strings inside a section.
  void readTable(std::string_view section, std::string_view key,
                 std::map<std::string, std::string>& into) {
    known_.insert(fmt::format("{}.{}", section, key));
    const auto node = root_[section][key];
    if (!node) return;
    const toml::table* table = node.as_table();
    if (table == nullptr) refuse(fmt::format("'{}.{}' is not a table", section, key));
    for (const auto& [name, value] : *table) {
      const auto text = value.value<std::string>();
      if (!text) refuse(fmt::format("'{}.{}.{}' is no text", section, key, name.str()));
      into[std::string(name.str())] = *text;
    }
  }

  /// Reads a word that `parse` accepts.
  template <class T, class Parse>
  void readWord(std::string_view section, std::string_view key, T& into, const Parse& parse) {
    std::string word;
    read(section, key, word);
    if (word.empty()) return;
    const auto value = parse(word);
    if (!value) refuse(fmt::format("'{}.{}': '{}' is unknown", section, key, word));
    into = *value;
  }

  void refuseUnknown() const {
    for (const auto& [section, node] : root_) {
      if (known_.contains(std::string(section.str()))) continue;
      const toml::table* table = node.as_table();
      if (!table) refuse(fmt::format("'{}' is outside a section", section.str()));
      for (const auto& [key, value] : *table) {
        const std::string name = fmt::format("{}.{}", section.str(), key.str());
        if (!known_.contains(name)) refuse(fmt::format("unknown key '{}'", name));
      }
    }
  }

 private:
  template <class T>
  static void assign(std::string_view section, std::string_view key, std::optional<T> value,
                     T& into) {
    if (!value) refuse(fmt::format("'{}.{}' has the wrong type", section, key));
    into = std::move(*value);
  }

  const toml::table& root_;
  std::set<std::string> known_;
};

}  // namespace sohoa

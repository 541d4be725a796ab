"""What is wrong with the office's organisation.toml."""

SENTENCES: dict[str, dict[str, str]] = {
    "profile.no_toml": {"ja": "TOMLとして読めません（{error}）", "en": "it is no TOML ({error})"},
    "profile.policies": {
        "ja": "policiesには、ポリシーの公表日を[2015-02-19]のように並べてください",
        "en": "policies must list the days of publication, such as [2015-02-19]",
    },
    "profile.regime": {
        "ja": "regimeの{regime}という法令はありません。{known} のいずれかにしてください",
        "en": "regime is {regime}, which is no law known here; write one of {known}",
    },
    "profile.backup_days": {
        "ja": "backup_days が {value} です。控えが何日前までならよいかを 1 から {most} までの整数で書いてください",
        "en": "backup_days is {value}; write how many days old a backup may be, a whole number from 1 to {most}",
    },
    "profile.smallest_shown": {
        "ja": "smallest_shown が {value} です。1以上の整数で書いてください",
        "en": "smallest_shown is {value}; write a whole number from 1 on",
    },
    "profile.tables": {
        "ja": "{name} は [[{name}]] の表で書いてください",
        "en": "{name} is a list of tables: [[{name}]] before each",
    },
    "profile.plan_category": {
        "ja": "{number}番目のsearch_planのcategoryの{value}は {known} のいずれかにしてください",
        "en": "search_plan {number}: category is {value}; write one of {known}",
    },
    "profile.plan_departments": {
        "ja": "{number}番目のsearch_planのdepartmentsの{value}には、部署のコード（{known}）を並べてください",
        "en": "search_plan {number}: departments is {value}; list codes of departments ({known})",
    },
    "profile.plan_text": {
        "ja": "{number}番目のsearch_planの{name}は文字列（引用符の中）で書いてください",
        "en": "search_plan {number}: {name} must be a text in quotes",
    },
    "profile.plan_flag": {
        "ja": "{number}番目のsearch_planのwhen_verifiedの{value}はtrueかfalseにしてください",
        "en": "search_plan {number}: when_verified is {value}; write true or false",
    },
    "profile.plan_unknown": {
        "ja": "{number}番目のsearch_planに{name}という項目はありません。使えるものは {known} です",
        "en": "search_plan {number}: there is no {name}; known are {known}",
    },
    "profile.plan_twice": {
        "ja": "{number}番目のsearch_plan：{category}の計画が二つあります",
        "en": "search_plan {number}: there are two plans for {category}",
    },
    "profile.department_twice": {
        "ja": "部署{code}が二つあります",
        "en": "department {code} is there twice",
    },
    "profile.department_text": {
        "ja": "{number}番目の部署の{name}は文字列（引用符の中）で書いてください",
        "en": "department {number}: {name} must be a text in quotes",
    },
    "profile.department_code": {
        "ja": "{number}番目の部署のcodeの{code}は英数字とハイフンで書いてください",
        "en": "department {number}: code is {code}; write letters, digits and hyphens",
    },
    "profile.department_number": {
        "ja": "{number}番目の部署の{name}の{value}は1以上の整数で書いてください",
        "en": "department {number}: {name} is {value}; write a whole number from 1 on",
    },
    "profile.department_run": {
        "ja": '{number}番目の部署のrunの{value}は["プログラム", "引数"]の形で書いてください',
        "en": 'department {number}: run is {value}; write ["program", "argument"]',
    },
    "profile.department_program": {
        "ja": "{number}番目の部署はプログラムが回答します。"
        "runとsqlはどちらか一方とし、holder（回答者の名前）を書いてください",
        "en": "department {number} is a program: it has run or sql, not both, and holder, in whose name it answers",
    },
    "profile.department_path": {
        "ja": "{number}番目の部署のrunの{value}は/から始まる場所で書いてください",
        "en": "department {number}: run begins with {value}; write the whole path of the program",
    },
    "profile.department_sql": {
        "ja": "{number}番目の部署のsqlの{value}は表（[department.sql]）で書いてください",
        "en": "department {number}: sql is {value}; write a table, [department.sql]",
    },
    "profile.department_unknown": {
        "ja": "{number}番目の部署に{name}という項目はありません。使えるものは {known} です",
        "en": "department {number}: there is no {name}; known are {known}",
    },
    "profile.missing": {"ja": "{name}がありません", "en": "{name} is missing"},
    "profile.unknown": {
        "ja": "{name}という項目はありません。使えるものは {known} です",
        "en": "there is no {name}; known are {known}",
    },
    "profile.no_text": {
        "ja": "{name}は文字列（引用符の中）で書いてください",
        "en": "{name} must be a text in quotes",
    },
    "profile.unprintable": {
        "ja": "{name}の{characters}は手元の字体にありません",
        "en": "{name} has {characters}, which no font carries",
    },
    "profile.too_long": {
        "ja": "{names}が長すぎます。差出人の行に{taken}行になりますが、入るのは{most}行までです",
        "en": "{names} are too long: the return address takes {taken} lines above the window, and {most} fit",
    },
    "profile.choice": {
        "ja": "{name}の{value}は使えません。使えるのは{known}です",
        "en": "{name} cannot be {value}; it is one of: {known}",
    },
    "profile.country": {
        "ja": "countryの{value}は国の2文字のコードではありません。JP、GBのように書いてください",
        "en": "country cannot be {value}; write the two letters of a country: JP, GB",
    },
    "profile.officer": {
        "ja": "officer_jaとofficer_enは、両方書くか、両方書かないでください",
        "en": "give both officer_ja and officer_en, or neither",
    },
}

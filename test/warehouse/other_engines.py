"""Parses the filter as other engines would, and runs it in Spark on a sample: other_engines.py DIRECTORY.

The directory holds filter.sql, answers.ndjson and selected.json, which is what DuckDB selects."""

import json
import pathlib
import sys

import sqlglot

PARSED = ["trino", "presto", "spark", "duckdb", "clickhouse", "bigquery", "snowflake"]


def parse(query):
    for dialect in PARSED:
        (statement,) = sqlglot.parse(query, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        names = {cte.alias for cte in statement.find_all(sqlglot.exp.CTE)}
        assert isinstance(statement, sqlglot.exp.Select) and "suspects" in names, dialect
        print(f"parsed: {dialect}")


def run_in_spark(query, directory):
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    columns = (
        "folder_id STRING, answer BIGINT, resolution_status STRING, system_resolution STRING, list STRING, "
        "analysis_id STRING, kind STRING, group_id STRING, state STRING, analysis_status STRING"
    )
    spark.read.schema(columns).json(str(directory / "answers.ndjson")).createOrReplaceTempView("answers")
    selected = sorted(row.folder_id for row in spark.sql(query).collect())
    spark.stop()
    expected = sorted(json.loads((directory / "selected.json").read_text()))
    assert selected == expected, f"Spark selects {len(selected)} folders, DuckDB {len(expected)}"
    print(f"run: spark, {len(selected)} folders selected as by DuckDB")


if __name__ == "__main__":
    place = pathlib.Path(sys.argv[1])
    text = (place / "filter.sql").read_text()
    parse(text)
    run_in_spark(text, place)

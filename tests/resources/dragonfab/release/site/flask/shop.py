import os

from flask import Flask, request

app = Flask(__name__)
RELEASE = "one"
NOTES = os.path.join(os.environ["DATA_DIR"], "notes")


@app.route("/", methods=["GET", "POST"])
def index():
    if request.method == "POST":
        with open(NOTES, "a", encoding="utf-8") as file:
            file.write(request.form["text"] + "\n")
    notes = open(NOTES, encoding="utf-8").read().split() if os.path.exists(NOTES) else []
    return f"flask {RELEASE}: {', '.join(notes)}\n"

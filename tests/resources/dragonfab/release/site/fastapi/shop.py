from fastapi import FastAPI, WebSocket

app = FastAPI()
RELEASE = "one"


@app.get("/")
async def index():
    return {"fastapi": RELEASE}


@app.websocket("/echo")
async def echo(socket: WebSocket):
    await socket.accept()
    await socket.send_text("you said " + await socket.receive_text())
    await socket.close()
